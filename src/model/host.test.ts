import { expect, it } from "vitest";
import { shortHost } from "./host.ts";

it.each([
  ["WS-011", "ws-011"],
  ["WS-011.corp.example", "ws-011"],
  ["ws-011.", "ws-011"],
  ["WS-011.corp.example.", "ws-011"],
  ["12345", "12345"],
  ["12345.WORKGROUP", "12345"],
  ["10.corp.example", "10"],
  ["10-0-0-5.compute.internal", "10-0-0-5"],
  ["10.0.0.5", "10.0.0.5"],
  ["10.0.0.5.", "10.0.0.5"],
  ["::ffff:10.0.0.5", "10.0.0.5"],
  ["[::FFFF:10.0.0.5]", "10.0.0.5"],
  ["2001:DB8::5", "2001:db8::5"],
  ["[2001:db8::5]", "2001:db8::5"],
  ["fe80::1%12", "fe80::1%12"],
  ["64:ff9b::10.0.0.5", "64:ff9b::10.0.0.5"],
  ["", ""],
])("knows %o as %o", (host, short) => expect(shortHost(host)).toBe(short));

it("keeps hosts apart that are named by neighbouring addresses", () => {
  expect(shortHost("10.0.0.5")).not.toBe(shortHost("10.0.0.6"));
});

it("says nothing of a host that no log names", () => expect(shortHost(undefined)).toBeUndefined());
