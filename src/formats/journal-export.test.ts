import { expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import { journalExport } from "./journal-export.ts";

function read(bytes: Buffer, block = bytes.length) {
  const understander = createUnderstander();
  const events: Event[] = [];
  const diagnostics: Diagnostic[] = [];
  const reader = journalExport.open(
    { file: "x" },
    {
      record: (record) => void events.push(...understander.understand(record)),
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
  );
  for (let at = 0; at < bytes.length; at += block) reader.push(bytes.subarray(at, at + block));
  reader.end();
  return { events, diagnostics };
}

const HEAD = "__CURSOR=a\n__REALTIME_TIMESTAMP=1769940000000000\n_HOSTNAME=pc\nSYSLOG_IDENTIFIER=sudo\n";
const COMMAND = "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/find /\n -delete";

function sized(name: string, text: string, length = Buffer.byteLength(text)): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length));
  return Buffer.concat([Buffer.from(`${name}\n`), size, Buffer.from(`${text}\n`)]);
}

it.each([1, 7, 1 << 16])("reads fields of a line and of a length, in blocks of %s bytes", (block) => {
  const entry = Buffer.concat([Buffer.from(HEAD), sized("MESSAGE", COMMAND), Buffer.from("\n")]);
  const plain = Buffer.from(`${HEAD}MESSAGE=kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/id\n`);
  expect(read(Buffer.concat([entry, entry, plain]), block).events).toMatchObject([
    { kind: "commandExecution", text: "/usr/bin/find /\n -delete", host: "pc", time: Date.UTC(2026, 1, 1, 10) },
    { text: "/usr/bin/find /\n -delete" },
    { text: "/bin/id" },
  ]);
});

it("leaves out a field whose length is beyond any, and says so", () => {
  const long = sized("COREDUMP", "x".repeat(3 << 20));
  const entry = Buffer.concat([Buffer.from(HEAD), long, Buffer.from("MESSAGE=kim : TTY=a ; COMMAND=/bin/id\n\n")]);
  const { events, diagnostics } = read(entry, 1 << 16);
  expect(events).toMatchObject([{ text: "/bin/id" }]);
  expect(diagnostics).toMatchObject([{ code: "input/limit" }]);
  const lie = Buffer.concat([Buffer.from(HEAD), sized("X", "y", Number.MAX_SAFE_INTEGER)]);
  expect(read(lie).events).toEqual([]);
});

it("says what is no field", () => {
  expect(read(Buffer.from(`${HEAD}no field\n\n`)).diagnostics).toMatchObject([{ code: "syslog/no-line" }]);
});
