import { expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import { firewallLog } from "./firewall-log.ts";

const HEAD = `#Version: 1.5
#Software: Microsoft Windows Firewall
#Time Format: Local
#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags path pid

`;

function read(text: string) {
  const events: Event[] = [];
  const diagnostics: Diagnostic[] = [];
  const reader = firewallLog.open(
    { file: "pfirewall.log" },
    {
      record: (record) => void events.push(...createUnderstander().understand(record)),
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return { events, diagnostics };
}

it("reads connections in both directions, and none of what was dropped", () => {
  const { events, diagnostics } = read(
    `${HEAD}2024-05-02 09:14:55 ALLOW TCP 192.0.2.7 203.0.113.9 50123 443 0 - SEND 4711\r
2024-05-02 09:14:56 ALLOW UDP 203.0.113.9 192.0.2.7 53 50123 0 - RECEIVE -\r
2024-05-02 09:14:57 DROP TCP 203.0.113.9 192.0.2.7 1 2 0 - RECEIVE -\r\n`,
  );
  expect(diagnostics).toEqual([]);
  expect(events).toMatchObject([
    {
      kind: "networkConnection",
      platform: "windows",
      time: Date.UTC(2024, 4, 2, 9, 14, 55),
      initiated: true,
      protocol: "tcp",
      sourceIp: "192.0.2.7",
      destinationIp: "203.0.113.9",
      destinationPort: 443,
      process: { pid: 4711 },
    },
    { initiated: false, sourcePort: 53, process: { pid: undefined } },
  ]);
});

it("says which line does not fit the header", () => {
  expect(read("2024-05-02 09:14:55 ALLOW\n").diagnostics).toMatchObject([{ code: "csv/bad-row", line: 1, index: 0 }]);
  expect(read(`${HEAD}a b c d e f g h i j k l m\n`).diagnostics).toMatchObject([{ line: 6 }]);
});
