import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder } from "../support/logs.ts";
import { type Egress, stoppedAtOutput } from "./independent-nftables.ts";

const dir = folder();
afterAll(() => dir.remove());

let at = 0;
const ecs = (host: string, parts: object) =>
  JSON.stringify({
    "@timestamp": new Date(Date.UTC(2026, 2, 1 + (at % 25), 10, at % 60)).toISOString(),
    host: { name: host, os: { family: "linux", type: "linux" } },
    ...parts,
  });
const programOf = (executable: string) => ({
  executable,
  name: executable.split("/").at(-1),
  pid: 1000 + ++at,
  entity_id: `${at}`,
});
const startOf = (host: string, user: string, executable: string) =>
  ecs(host, {
    event: { category: ["process"], type: ["start"], kind: "event" },
    user: { name: user },
    process: { ...programOf(executable), command_line: executable },
  });
const connection = (host: string, user: string, executable: string, ip: string) =>
  ecs(host, {
    event: { category: ["network"], type: ["start"], kind: "event", action: "connection_attempted" },
    user: { name: user },
    process: programOf(executable),
    destination: { ip, port: 443 },
    network: { transport: "tcp", direction: "egress" },
  });

/** What three machines do in a month: web servers talk to a database, list servers to the internet, people to both. */
const past = Array.from({ length: 90 }, (_, round) => {
  const host = `lx-${round % 3}`;
  return [
    startOf(host, "www-data", "/usr/sbin/apache2"),
    connection(host, "www-data", "/usr/sbin/apache2", "10.0.0.5"),
    startOf(host, "list", "/usr/lib/mailman/bin/master"),
    connection(host, "list", "/usr/bin/python3", "203.0.113.80"),
    connection(host, "ann", "/usr/bin/curl", "203.0.113.81"),
    startOf(host, "backup", "/usr/bin/rsync"),
  ];
}).flat();

describe("a plan for accounts of services on Linux", () => {
  const out = join(dir.path, "out");
  let text = "";

  beforeAll(async () => {
    const logs = dir.write("past.ndjson", `${past.join("\n")}\n`);
    const { code, err } = await whatran(["harden", logs, "--out", out, "--mode", "enforce", "-q"]);
    expect(code, err).toBe(0);
    text = readFileSync(join(out, "t1218.nft"), "utf8");
  }, 60_000);

  it.each<[string, Omit<Egress, "port">, boolean]>([
    ["the web server’s account to the internet", { uid: 33, address: "198.51.100.7" }, true],
    ["and by IPv6", { uid: 33, address: "2001:db8::7" }, true],
    ["the backup’s, which never connected", { uid: 34, address: "198.51.100.7" }, true],
    ["the web server’s to the database", { uid: 33, address: "10.0.0.5" }, false],
    ["and to itself", { uid: 33, address: "127.0.0.1" }, false],
    ["and to itself by IPv6", { uid: 33, address: "::1" }, false],
    ["and to all on its network segment", { uid: 33, address: "224.0.0.251" }, false],
    ["the list server’s, which does so", { uid: 38, address: "198.51.100.7" }, false],
    ["root’s", { uid: 0, address: "198.51.100.7" }, false],
    ["a person’s", { uid: 1000, address: "198.51.100.7" }, false],
  ])("%s", (_, egress, isStopped) => {
    expect(stoppedAtOutput(text, { ...egress, port: 443 }) !== undefined).toBe(isStopped);
  });

  it("is what the simulation makes of the same file", async () => {
    const later = dir.write(
      "later.ndjson",
      `${[
        connection("lx-1", "33", "/usr/bin/curl", "198.51.100.7"),
        connection("lx-1", "33", "/usr/sbin/apache2", "10.0.0.5"),
        connection("lx-1", "38", "/usr/bin/python3", "198.51.100.7"),
        connection("lx-1", "root", "/usr/bin/apt", "198.51.100.7"),
      ].join("\n")}\n`,
    );
    const { out: lines } = await whatran(["simulate", "-P", join(out, "t1218.nft"), later, "-t", "ndjson", "-q"]);
    const blocked = lines
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { decision: string; source: { index: number } });
    expect(blocked.filter(({ decision }) => decision === "block").map(({ source }) => source.index)).toEqual([0]);
    expect(blocked.filter(({ decision }) => decision === "undecided")).toEqual([]);
  });

  it("breaks nothing of the month that it was made from", () => {
    const numbers: Readonly<Record<string, number>> = { "www-data": 33, list: 38, backup: 34, ann: 1000 };
    const made = past.flatMap((line) => {
      const { user, destination } = JSON.parse(line) as { user: { name: string }; destination?: { ip: string } };
      return destination ? [{ uid: numbers[user.name] ?? -1, address: destination.ip }] : [];
    });
    expect(made.length).toBeGreaterThan(200);
    expect(made.filter((one) => stoppedAtOutput(text, { ...one, port: 443 }) !== undefined)).toEqual([]);
  });
});
