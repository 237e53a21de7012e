import { expect, it } from "vitest";
import { type Fields, fakeRecord } from "../../test/support/record.ts";
import { createUnderstander } from "./registry.ts";

const mapped = (fields: Fields) =>
  createUnderstander().understand(fakeRecord("mapped", undefined, undefined, fields))[0];

it("a process start, by the names of its properties", () => {
  expect(
    mapped({
      image: "/usr/bin/split",
      args: ["split", "a"],
      user: "eve",
      "process.pid": "12",
      "parent.id": "p1",
      "parent.image": "/bin/sh",
    }),
  ).toMatchObject({
    kind: "processCreation",
    platform: "linux",
    args: ["split", "a"],
    commandLine: undefined,
    process: { key: `pid:host1|12|${Date.UTC(2024, 0, 2, 3, 4, 5, 678)}`, image: "/usr/bin/split" },
    parent: { key: "id:p1", image: "/bin/sh" },
  });
});

it("start times as numbers or as text", () => {
  const key = (start: string) => mapped({ image: "a", "process.pid": "1", "process.start": start })?.process.key;
  expect(key("1704164645678")).toBe("pid:host1|1|1704164645678");
  expect(key("2024-01-02T03:04:05.678Z")).toBe("pid:host1|1|1704164645678");
});

it("other kinds by name, and a platform by name", () => {
  expect(mapped({ kind: "networkConnection", url: "http://a.example", platform: "macOS" })).toMatchObject({
    kind: "networkConnection",
    platform: "macos",
    url: "http://a.example",
  });
  expect(mapped({ kind: "registryKeyModification", path: "HKLM\\x", value: "v" })).toMatchObject({
    action: "setValue",
  });
});

it("a record that maps to nothing is no event", () => {
  expect(mapped({ kind: "constructor", image: "a" })).toBeUndefined();
  expect(mapped({ message: "hello" })).toBeUndefined();
});

it("a command seen elsewhere, in a dialect by name; none without a text", () => {
  expect(mapped({ kind: "commandExecution", text: "id", dialect: "sh", origin: "bastion" })).toMatchObject({
    kind: "commandExecution",
    text: "id",
    dialect: "sh",
    origin: "bastion",
  });
  expect(mapped({ kind: "commandExecution", text: "id", dialect: "klingon" })).toMatchObject({
    dialect: "commandLine",
  });
  expect(mapped({ kind: "commandExecution", dialect: "sh" })).toBeUndefined();
});
