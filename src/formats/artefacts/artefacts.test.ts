import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { LogRecord } from "../../model/record.ts";
import { audit } from "../audit.ts";
import { detect } from "../detect.ts";
import type { Format } from "../format.ts";
import { json } from "../json.ts";
import { FORMATS } from "../registry.ts";
import { shortcut } from "../shortcut.ts";
import { artefacts } from "./index.ts";

const ALL = [shortcut, audit, json, ...artefacts];

function read(format: Format, file: string, bytes: Uint8Array, step = bytes.length || 1) {
  const records: LogRecord[] = [];
  const diagnostics: (Diagnostic & { counts: boolean })[] = [];
  const reader = format.open(
    { file },
    { record: (one) => records.push(one), diagnostic: (one, counts = false) => diagnostics.push({ ...one, counts }) },
  );
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { records, diagnostics };
}

const named = (name: string) => artefacts.find((format) => format.name === name)!;

const TASK = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><URI>\\Tidy</URI></RegistrationInfo>
  <Actions Context="Author"><Exec><Command>C:\\tidy.exe</Command></Exec></Actions>
</Task>`;
const SAMPLES: readonly [format: string, file: string, text: string][] = [
  ["reg", "a.reg", 'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\X]\r\n"a"="b"\r\n'],
  ["reg", "a.txt", 'REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\X]\n@="b"\n'],
  ["task", "Windows/System32/Tasks/Tidy", TASK],
  [
    "url",
    "a.url",
    "[{000214A0-0000-0000-C000-000000000046}]\nProp3=19,2\n[InternetShortcut]\nURL=https://example.com/\n",
  ],
  ["desktop", "a.desktop", "# made by hand\n[Desktop Entry]\nExec=xterm\n"],
  ["systemd", "x.service", "# x\n[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n"],
  ["crontab", "/etc/crontab", "SHELL=/bin/sh\n17 * * * * root cd / && run-parts /etc/cron.hourly\n"],
  ["crontab", "root!var/spool/cron/crontabs/kim", "# m h\n@reboot /home/kim/up.sh\n*/5 0-6 1,2 jan mon-fri x\n"],
  ["history", "home/kim/.bash_history", "#1700000000\nls -l\n"],
  ["history", "x", ": 1700000000:0;ls\n: 1700000001:0;pwd\n"],
  ["history", "ConsoleHost_history.txt", "Get-Date\n"],
];

describe("detection", () => {
  it.each(SAMPLES)("%s: %s", (format, file, text) => {
    expect(detect(Buffer.from(text), file, ALL)?.name).toBe(format);
    const wide = Buffer.from(`\ufeff${text}`, "utf16le");
    if (format === "reg" || format === "task") expect(detect(wide, file, ALL)?.name).toBe(format);
  });

  it.each([
    ["/etc/cron.d/readme", "this is no crontab\n"],
    ["notes.txt", "5 4 * * * something\n"],
    ["setup.ini", "[Setup]\nURL=x\n"],
    ["task.xml", "<Tasks><Task>x</Task></Tasks>"],
    ["notes.txt", "ls -l\n"],
    ["empty", ""],
  ])("knows none of them in %s", (file, text) => {
    expect(detect(Buffer.from(text), file, ALL)).toBeUndefined();
  });
});

describe("reg", () => {
  const values = (text: string) =>
    read(named("reg"), "a.reg", Buffer.from(text)).records.map((one) => [
      one.get("path"),
      one.get("type"),
      one.get("value"),
    ]);

  it("reads values of version 5", () => {
    const hex = (text: string) =>
      Buffer.from(`${text}\0`, "utf16le")
        .toString("hex")
        .replace(/..(?!$)/g, "$&,");
    const long = hex("%windir%\\x").replace(/(.{20},)/, "$1\\\r\n  ");
    expect(
      values(
        `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\A]\r\n"p"="\\"C:\\\\a b.exe\\" -x"\r\n` +
          `@=hex(2):${long}\r\n"m"=hex(7):${hex("a\0b")}\r\n"d"=dword:0000000a\r\n"n"=hex:01,02\r\n"gone"=-\r\n[-HKEY_USERS\\B]\r\n`,
      ),
    ).toEqual([
      ["HKLM\\SOFTWARE\\A\\p", "sz", '"C:\\a b.exe" -x'],
      ["HKLM\\SOFTWARE\\A\\(Default)", "expand_sz", "%windir%\\x"],
      ["HKLM\\SOFTWARE\\A\\m", "multi_sz", "a\nb"],
      ["HKLM\\SOFTWARE\\A\\d", "dword", "10"],
      ["HKLM\\SOFTWARE\\A\\n", "binary", "0102"],
      ["HKLM\\SOFTWARE\\A\\gone", "delete", ""],
      ["HKU\\B", "deleteKey", undefined],
    ]);
  });

  it("reads texts of REGEDIT4 in the ANSI code page", () => {
    expect(values("REGEDIT4\n[HKEY_CLASSES_ROOT\\X]\n@=hex(2):25,61,25,00\n")).toEqual([
      ["HKCR\\X\\(Default)", "expand_sz", "%a%"],
    ]);
  });

  it("keeps a text that ends with a backslash on its line", () => {
    expect(values('REGEDIT4\n[HKEY_USERS\\X]\n"a\\\\"="c:\\\\"\n"b"="d"\n').map(([path]) => path)).toEqual([
      "HKU\\X\\a\\",
      "HKU\\X\\b",
    ]);
  });

  it("counts lines that are no values", () => {
    const { diagnostics, records } = read(
      named("reg"),
      "a.reg",
      Buffer.from('REGEDIT4\n[HKEY_USERS\\X]\nwhat\n"a"="b"\n"c"="d\n'),
    );
    expect(diagnostics).toMatchObject([
      { code: "artefact/damaged", line: 3, index: 0, counts: true },
      { line: 5, index: 2, counts: true },
    ]);
    expect(records.map((one) => one.index)).toEqual([1]);
  });
});

describe("crontab", () => {
  const jobs = (file: string, text: string) =>
    read(named("crontab"), file, Buffer.from(text)).records.map((one) =>
      ["schedule", "user", "command"].map((name) => one.get(name)),
    );

  it("reads jobs of a user, of the system, and of anacron", () => {
    expect(jobs("/var/spool/cron/kim", "0 1 * * * echo a%b\n@daily date +\\%F\n")).toEqual([
      ["0 1 * * *", "kim", "echo a"],
      ["@daily", "kim", "date +%F"],
    ]);
    expect(jobs("/etc/cron.d/x", "MAILTO=root\n-*/5 * * * * www-data  php /srv/x.php\n")).toEqual([
      ["*/5 * * * *", "www-data", "php /srv/x.php"],
    ]);
    expect(jobs("/etc/anacrontab", "1\t5\tcron.daily\trun-parts /etc/cron.daily\n")).toEqual([
      ["every 1", "root", "run-parts /etc/cron.daily"],
    ]);
  });

  it("gives jobs the variables above them, and counts lines that are no jobs", () => {
    const { records, diagnostics } = read(
      named("crontab"),
      "crontab",
      Buffer.from('* * * * * a\nPATH="/x"\nnonsense\n* * * * * b\n'),
    );
    expect(records.map((one) => [one.index, one.get("env.PATH")])).toEqual([
      [0, undefined],
      [2, "/x"],
    ]);
    expect(diagnostics).toMatchObject([{ line: 3, index: 1, counts: true }]);
  });
});

describe("key files", () => {
  it("reads continued lines, comments and repeated keys of a unit", () => {
    const text = "[Service]\nEnvironment=A=1 \\\n# between\n  B=2\n;x\nExecStart=/bin/a\nExecStart=/bin/b\nnonsense\n";
    const { records, diagnostics } = read(named("systemd"), "x.service", Buffer.from(text));
    const [record] = records;
    expect(diagnostics).toMatchObject([{ message: "lines that are no entries, or too many to keep: 1" }]);
    expect(record!.list("Service.Environment")).toEqual(["A=1  B=2"]);
    expect(record!.list("Service.ExecStart")).toEqual(["/bin/a", "/bin/b"]);
    expect(record!.get("Service.ExecStart")).toBeUndefined();
  });
});

describe("task", () => {
  it("gives one record a task", () => {
    expect(read(named("task"), "all.xml", Buffer.from(`<Tasks>${TASK}${TASK}</Tasks>`)).records).toHaveLength(2);
  });
  it("says that a task is cut", () => {
    const { records, diagnostics } = read(named("task"), "x", Buffer.from(TASK.slice(0, -3)));
    expect([records.length, diagnostics.map((one) => one.code)]).toEqual([1, ["artefact/damaged"]]);
  });
});

describe("history", () => {
  const commands = (file: string, text: string) =>
    read(named("history"), file, Buffer.from(text)).records.map((one) => [
      one.get("command"),
      one.time,
      one.get("user"),
    ]);

  it("reads bash, with and without times", () => {
    expect(commands("/home/kim/.bash_history", "id\n#1700000000\nls \\\n-l\n")).toEqual([
      ["id", undefined, "kim"],
      ["ls \\", 1700000000000, "kim"],
      ["-l", undefined, "kim"],
    ]);
  });
  it("reads zsh with continued lines", () => {
    expect(commands("/root/.zsh_history", ": 1700000000:3;for x in a\\\ndo y\\\ndone\nplain\n")).toEqual([
      ["for x in a\ndo y\ndone", 1700000000000, "root"],
      ["plain", undefined, "root"],
    ]);
  });
  it("reads fish and PowerShell", () => {
    expect(commands("fish_history", "- cmd: a\\nb\n  when: 1700000000\n  paths:\n    - x\n- cmd: c\n")).toEqual([
      ["a\nb", 1700000000000, undefined],
      ["c", undefined, undefined],
    ]);
    expect(commands("C:\\Users\\kim\\ConsoleHost_history.txt", "a `\nb\nc\n").map(([text]) => text)).toEqual([
      "a \nb",
      "c",
    ]);
  });
});

describe("every artefact format", () => {
  it.each(SAMPLES)("survives a cut anywhere, and any block size: %s %s", (name, file, text) => {
    const bytes = Buffer.from(text);
    const fields = (size: number, step?: number) =>
      read(named(name), file, bytes.subarray(0, size), step).records.map((one) =>
        one.names().map((field) => one.get(field) ?? one.list(field)),
      );
    for (let size = 0; size <= bytes.length; size += 7) fields(size);
    expect(fields(bytes.length, 3)).toEqual(fields(bytes.length));
  });

  it("never throws", () => {
    const word = fc.constantFrom(
      "[",
      "]",
      "=",
      '"',
      "\\",
      "\n",
      "hex(2):",
      "@",
      "*",
      " ",
      "%",
      ": 1700000000:0;",
      "<Task ",
      "</Task>",
      "- cmd: ",
    );
    fc.assert(
      fc.property(fc.constantFrom(...artefacts), fc.array(fc.oneof(word, fc.string())), (format, words) => {
        const bytes = Buffer.from(words.join(""));
        format.sniff(bytes, "crontab");
        read(format, "crontab", bytes);
      }),
    );
  });
});

it("takes no log that quotes a task for the task", () => {
  const text = JSON.stringify({
    winlog: {
      event_data: { TaskContent: '<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"></Task>' },
    },
  });
  expect(detect(Buffer.from(text), "x.json", FORMATS)?.name).toBe("json");
});
