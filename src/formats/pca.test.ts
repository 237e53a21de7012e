import { expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import { detect } from "./detect.ts";
import { pca } from "./pca.ts";
import { FORMATS } from "./registry.ts";

function read(bytes: Uint8Array) {
  const events: Event[] = [];
  const diagnostics: Diagnostic[] = [];
  const understander = createUnderstander();
  const reader = pca.open(
    { file: "PcaAppLaunchDic.txt" },
    {
      record: (record) => void events.push(...understander.understand(record)),
      diagnostic: (diagnostic) => void diagnostics.push(diagnostic),
    },
  );
  reader.push(bytes);
  reader.end();
  return { events, diagnostics };
}

const LAUNCHES =
  "C:\\Users\\kim\\a b.exe|2024-05-02 09:14:55.123\r\n\\\\nas\\x\\rundll32.exe|2024-05-02 09:15:02.000\r\n";
const GENERAL =
  "2024-05-02 09:14:55.123|2|%programfiles%\\x\\mshta.exe|a tool|a maker|1.2.3|0006f1|Abnormal process exit with code 0x2\r\n" +
  "2024-05-02 09:15:02.000|0|C:\\y.exe||||0|\r\n";

it("reads what was launched, and what ended badly, in any encoding", () => {
  for (const encode of [
    Buffer.from,
    (text: string) => Buffer.from(`\ufeff${text}`, "utf16le"),
    (text: string) => Buffer.from(text, "utf16le"),
  ]) {
    const launches = encode(LAUNCHES);
    expect(read(launches)).toMatchObject({
      diagnostics: [],
      events: [
        {
          kind: "processCreation",
          platform: "windows",
          image: "C:\\Users\\kim\\a b.exe",
          time: Date.UTC(2024, 4, 2, 9, 14, 55, 123),
        },
        { image: "\\\\nas\\x\\rundll32.exe" },
      ],
    });
    expect(read(encode(GENERAL)).events).toMatchObject([
      { image: "C:\\Program Files\\x\\mshta.exe", product: "a tool", company: "a maker" },
      { image: "C:\\y.exe", product: undefined },
    ]);
    for (const text of [LAUNCHES, GENERAL]) expect(detect(encode(text), "x.txt", FORMATS)?.name).toBe("pca");
  }
});

it("says of lines that are none where they stand, and reads on", () => {
  const { events, diagnostics } = read(Buffer.from(`x\n${LAUNCHES}a|b\n`));
  expect(events).toHaveLength(2);
  expect(diagnostics).toMatchObject([
    { code: "csv/bad-row", line: 1, index: 0 },
    { code: "csv/bad-row", line: 4, index: 3 },
  ]);
});
