import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LnkDescription, writeLnk } from "../../../lab/writers/lnk.ts";
import { decodeLnk } from "./lnk.ts";
import { odditiesOf } from "./oddities.ts";
import { targetOf } from "./target.ts";

function decode(link: LnkDescription) {
  return decodeLnk(writeLnk(link))!;
}

function oddities(link: LnkDescription): readonly string[] {
  const bytes = writeLnk(link);
  return odditiesOf(decodeLnk(bytes)!, bytes.length);
}

const PAD = "C:\\Windows\\System32\\notepad.exe";

describe("decodeLnk", () => {
  it("reads what an ordinary link holds", () => {
    const link = decode({
      idList: "C:\\Program Files\\Ännä\\reader.exe",
      linkInfo: "C:\\Program Files\\Ännä\\reader.exe",
      name: "Reads",
      relativePath: "..\\reader.exe",
      workingDirectory: "C:\\Program Files",
      arguments: "/open x",
      icon: "C:\\a.ico",
      created: Date.UTC(2024, 1, 2),
      modified: Date.UTC(2024, 1, 3),
      tracker: { machineId: "desk-7", mac: "00:0C:29:00:53:01" },
      knownFolder: "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}",
      properties: { "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}/5": "Example.Reader" },
    });
    expect(link.damages).toEqual([]);
    expect(link.idPath).toBe("C:\\Program Files\\Ännä\\reader.exe");
    expect(link.items.map(({ kind }) => kind)).toEqual(["root", "drive", "folder", "folder", "file"]);
    expect(link.info).toMatchObject({ path: link.idPath, driveType: "fixed", serial: "1234ABCD" });
    expect(link.strings).toEqual({
      name: "Reads",
      relativePath: "..\\reader.exe",
      workingDirectory: "C:\\Program Files",
      arguments: "/open x",
      iconLocation: "C:\\a.ico",
    });
    expect(link.header).toMatchObject({
      created: Date.UTC(2024, 1, 2),
      accessed: undefined,
      modified: Date.UTC(2024, 1, 3),
    });
    expect(link.extra.tracker).toMatchObject({ machineId: "desk-7", mac: "00:0C:29:00:53:01" });
    expect(link.extra.knownFolder).toBe("%SystemRoot%\\System32");
    expect(link.extra.properties?.get("System.AppUserModel.ID")).toBe("Example.Reader");
  });

  it("reads ANSI texts", () => {
    expect(decode({ idList: PAD, arguments: "é x", ansi: true }).strings.arguments).toBe("é x");
  });

  it("reads a target on a share", () => {
    const link = decode({ linkInfo: "\\\\files.example\\tools\\bin\\a.exe" });
    expect(link.info).toMatchObject({
      path: "\\\\files.example\\tools\\bin\\a.exe",
      netName: "\\\\files.example\\tools",
    });
    expect(targetOf(link)).toBe("\\\\files.example\\tools\\bin\\a.exe");
  });

  it("reads a library that Control Panel would load", () => {
    const link = decode({ controlPanel: "C:\\Users\\Public\\sound.cpl" });
    expect(targetOf(link)).toBe("C:\\Users\\Public\\sound.cpl");
    expect(odditiesOf(link, link.end)).toContain("controlPanelLibrary");
  });

  it("is undefined for what is no link", () => {
    expect(decodeLnk(Buffer.from("MZ"))).toBeUndefined();
    expect(decodeLnk(Buffer.alloc(100))).toBeUndefined();
  });
});

describe("targetOf", () => {
  it("goes by the environment block as the shell does", () => {
    const environment = { ansi: "%windir%\\notepad.exe", unicode: "%windir%\\notepad.exe" };
    expect(targetOf(decode({ environment }))).toBe("%windir%\\notepad.exe");
    expect(targetOf(decode({ environment, idList: PAD }))).toBe("%windir%\\notepad.exe");
    expect(targetOf(decode({ environment: { unicode: '"not a path"' }, idList: PAD }))).toBe(PAD);
  });
});

describe("odditiesOf", () => {
  it("finds none in an ordinary link", () => {
    expect(oddities({ idList: PAD, linkInfo: PAD, arguments: "a b", tracker: { machineId: "x" } })).toEqual([]);
  });

  it.each<[string, LnkDescription]>([
    ["paddedArguments:40", { idList: PAD, arguments: `${" ".repeat(40)}x` }],
    ["controlCharactersInArguments", { idList: PAD, arguments: "\nx" }],
    ["longArguments:261", { idList: PAD, arguments: "x".repeat(261) }],
    ["targetInEnvironmentBlock", { environment: { ansi: PAD, unicode: PAD } }],
    ["environmentMismatch", { idList: PAD, environment: { ansi: "C:\\a.pdf", unicode: "C:\\a.pdf" } }],
    ["environmentIgnored", { idList: PAD, environment: { ansi: "a|b", unicode: "a|b" } }],
    ["environmentTextsDiffer", { environment: { unicode: PAD } }],
    ["linkInfoMismatch", { idList: PAD, linkInfo: "C:\\other.exe" }],
    ["remoteIcon", { idList: PAD, icon: "\\\\192.0.2.1\\x\\y.ico" }],
    ["minimised", { idList: PAD, showCommand: 7 }],
    ["madeOnVirtualMachine", { idList: PAD, tracker: { machineId: "x", mac: "00:0C:29:00:00:01" } }],
    ["appendedData:3", { idList: PAD, appended: Buffer.from("abc") }],
  ])("finds %s", (oddity, link) => {
    expect(oddities(link)).toContain(oddity);
  });

  it("takes %COMSPEC% for what it is", () => {
    const environment = { ansi: "%COMSPEC%", unicode: "%COMSPEC%" };
    expect(oddities({ idList: "C:\\Windows\\System32\\cmd.exe", environment })).toEqual([]);
  });
});

const name = fc.stringMatching(/^[A-Za-z0-9 ._äé語-]{1,30}$/);
const path = fc.array(name, { minLength: 1, maxLength: 6 }).map((names) => `D:\\${names.join("\\")}`);
const text = fc.string({ unit: "grapheme", maxLength: 400 }).filter((one) => !one.includes("\0"));
const description = fc.record(
  {
    idList: path,
    linkInfo: path,
    name: text,
    relativePath: text,
    workingDirectory: text,
    arguments: text,
    icon: text,
    appended: fc.uint8Array(),
  },
  { requiredKeys: [] },
);

it("reads back what was written", () => {
  fc.assert(
    fc.property(description, (link) => {
      const bytes = writeLnk(link);
      const found = decodeLnk(bytes)!;
      expect(found.damages).toEqual([]);
      expect(found.idPath).toBe(link.idList ?? "");
      expect(found.info?.path).toBe(link.linkInfo);
      expect(found.strings).toEqual({
        name: link.name,
        relativePath: link.relativePath,
        workingDirectory: link.workingDirectory,
        arguments: link.arguments,
        iconLocation: link.icon,
      });
      expect(bytes.length - found.end).toBe(link.appended?.length ?? 0);
    }),
  );
});

describe("hostile links", () => {
  const whole = writeLnk({
    idList: PAD,
    linkInfo: "\\\\a\\b\\c",
    arguments: "x",
    environment: { unicode: PAD },
    tracker: { machineId: "m" },
    properties: { "{9F4C2855-9F79-4B39-A8D0-E1D42DE1D5F3}/5": "x" },
  });

  it("never throw when cut, and say what is missing", () => {
    for (let size = 0; size < whole.length - 4; size += 7) {
      const link = decodeLnk(whole.subarray(0, size));
      if (link) odditiesOf(link, size);
      for (const { offset, need, have } of link?.damages ?? []) {
        expect(have).toBeLessThan(need);
        expect(offset + have).toBeLessThanOrEqual(Math.max(size, offset));
      }
    }
    expect(decodeLnk(whole.subarray(0, 300))!.damages.length).toBeGreaterThan(0);
  });

  it("never throw when changed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) if (at >= 20) bytes[at] = value;
          odditiesOf(decodeLnk(bytes)!, bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
