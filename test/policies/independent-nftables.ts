import { BlockList, isIP } from "node:net";

/**
 * A second reader of the nftables file that `harden` writes, made for tests and sharing no code with src/policies: it goes by the
 * manual page and by the text of the file alone.
 */
export interface Egress {
  /** Number of the account whose socket it is. */
  readonly uid: number;
  readonly address: string;
  readonly port: number;
}

const holds = (set: string, number: number) =>
  set
    .replace(/[{}]/g, "")
    .split(",")
    .some((one) => Number(one) === number);

function within(set: string, address: string): boolean {
  const list = new BlockList();
  for (const one of set
    .replace(/[{}]/g, "")
    .split(",")
    .map((part) => part.trim())) {
    const [network = "", prefix] = one.split("/");
    const family = isIP(network) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** The line that drops a connection; undefined where none does. Any condition that is not known here fails the test. */
export function stoppedAtOutput(text: string, { uid, address, port }: Egress): string | undefined {
  const chain = /chain \w+ \{\s*type filter hook output priority [^;]+; policy accept;([\s\S]*?)\n\s*\}/.exec(
    text,
  )?.[1];
  if (chain === undefined) throw new Error("there is no chain at output that accepts by default");
  for (const raw of chain.split("\n")) {
    const line = raw
      .replace(/comment "[^"]*"/, "")
      .replace(/#.*/, "")
      .trim();
    if (line === "") continue;
    const parts =
      /^(?:meta skuid (\d+|\{[^}]*\}) )?(?:(ip6?) daddr (!= )?(\{[^}]*\}|\S+) )?(?:tcp dport (\d+|\{[^}]*\}) )?(?:counter )?(drop|accept|reject)$/.exec(
        line,
      );
    if (!parts) throw new Error(`“${line}” is not understood`);
    const [, users, family, not, set = "", ports, verdict = ""] = parts;
    if (users !== undefined && !holds(users, uid)) continue;
    if (ports !== undefined && !holds(ports, port)) continue;
    if (family !== undefined && (family === "ip6") !== (isIP(address) === 6)) continue;
    if (family !== undefined && within(set, address) === (not !== undefined)) continue;
    return verdict === "accept" ? undefined : line;
  }
  return undefined;
}
