import type { Leaf, Line } from "./leaves.ts";

/** How names of the other end of a connection end, and those of its port. */
export const DESTINATION_IP =
  /(?:^| )(?:remote|destination|dest|dst|foreign) (?:ip|address|addr|ip address)$|(?:^| )(?:daddr|dip)$/;
export const DESTINATION_PORT = /(?:^| )(?:remote|destination|dest|dst|foreign) port$|(?:^| )dport$/;
const NO_PEER = /^(?:0\.0\.0\.0|::|\*)$/;

export interface Peer {
  readonly destinationIp: string;
  readonly destinationPort: string;
}

/** The other end of a connection that stands beside a command line; what such a row tells is the connection, and not that the process was started. */
export function peerBeside(line: Line, leaves: readonly Leaf[]): Peer | undefined {
  const own = line.leaf.holders[line.leaf.holders.length - 1]!;
  const find = (ending: RegExp) => {
    const found = leaves.find(
      ({ holders, words }) => holders[holders.length - 1] === own && ending.test(words.join(" ")),
    );
    return typeof found?.value === "string" ? found.value : undefined;
  };
  const [destinationIp, destinationPort] = [find(DESTINATION_IP), find(DESTINATION_PORT)];
  if (destinationIp === undefined || destinationPort === undefined || NO_PEER.test(destinationIp)) return undefined;
  return { destinationIp, destinationPort };
}
