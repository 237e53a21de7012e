import { expect, it } from "vitest";
import { connectionOf, opensConnection } from "./connection.ts";

it.each([
  ["/dev/tcp/192.0.2.7/443", { protocol: "tcp", host: "192.0.2.7", port: "443" }],
  ["/dev/udp/h.example/domain", { protocol: "udp", host: "h.example", port: "domain" }],
  ["/dev/tcp/$HOST/$PORT", { protocol: "tcp", host: "$HOST", port: "$PORT" }],
  ["/dev/tcp/h.example", undefined],
  ["/dev/tcp/h.example/443/x", undefined],
  ["/srv/dev/tcp/h.example/443", undefined],
])("%s", (path, connection) => {
  expect(connectionOf(path)).toEqual(connection);
  expect(opensConnection(path)).toBe(connection !== undefined);
});
