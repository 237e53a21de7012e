import { expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

const HEAD = "LEEF:1.0|Panda Security|paps|02.1|x|";
const BESIDE = {
  devTime: "2026-03-01 10:00:00.5",
  usrName: "kim",
  domain: "LAB",
  HostName: "pc7",
  MUID: "AB",
};
const line = (fields: Readonly<Record<string, string>>) =>
  HEAD +
  Object.entries({ ...BESIDE, ...fields })
    .map(([key, value]) => `${key}=${value}`)
    .join("\t");
const BY = { host: "pc7", user: "LAB\\kim", time: Date.UTC(2026, 2, 1, 10, 0, 0, 500) };

it("starts, with folders by their names and equals signs escaped", () => {
  const start = {
    Op: "Exec",
    ParentPath: "SYSTEM|\\cmd.exe",
    ChildPath: "3|PROGRAM_FILESX86|\\Tool\\a.exe",
    Params: '"C:\\Program Files (x86)\\Tool\\a.exe" --run\\=b.dll',
  };
  expect(eventsIn(line(start))).toMatchObject([
    {
      kind: "processCreation",
      image: "%ProgramFiles(x86)%\\Tool\\a.exe",
      commandLine: '"C:\\Program Files (x86)\\Tool\\a.exe" --run=b.dll',
      parent: { image: "%SystemRoot%\\System32\\cmd.exe" },
      ...BY,
    },
  ]);
});

it("values of the registry that name a program, also as CEF", () => {
  const key = { kind: "registryKeyModification", path: "\\REGISTRY\\MACHINE\\SOFTWARE\\A\\Run\\Name" };
  const fields = {
    Op: "CreateExeKey",
    Path: "WINDOWS|\\regedit.exe",
    TargetPath: "3|C:\\b.exe",
    RegKey: "\\REGISTRY\\MACHINE\\SOFTWARE\\A\\Run?Name",
  };
  const by = { process: { image: "%SystemRoot%\\regedit.exe" }, value: "C:\\b.exe" };
  expect(eventsIn(line(fields))).toMatchObject([{ ...key, ...by, ...BY }]);
  const cef =
    "CEF:1|Panda Security|paps|02|registryc|registryc|1|Date=2026-03-01 10:00:00.5 MachineName=pc7 User=kim MUID=AB " +
    "Op=CreateExeKey Path=WINDOWS|\\\\regedit.exe TargetPath=3|C:\\\\b.exe RegKey=\\\\REGISTRY\\\\MACHINE\\\\SOFTWARE\\\\A\\\\Run?Name";
  expect(eventsIn(cef)).toMatchObject([{ ...key, ...by, ...BY, user: "kim" }]);
});

it("files, libraries and threads; what else is done tells nothing", () => {
  const pair = { ParentPath: "3|C:\\a.exe", ChildPath: "3|C:\\b.dll" };
  const done = (Op: string) => eventsIn(line({ ...pair, Op }));
  const by = { process: { image: "C:\\a.exe" }, ...BY };
  expect(done("LoadLib")).toMatchObject([{ kind: "moduleLoad", module: "C:\\b.dll", ...by }]);
  const actions = { CreatePE: "create", RenamePE: "create", ModifyPE: "modify", DeletePE: "delete" };
  for (const [op, action] of Object.entries(actions))
    expect(done(op)).toMatchObject([{ kind: "fileCreation", action, path: "C:\\b.dll", ...by }]);
  expect(done("CreateRemThread")).toMatchObject([{ api: "createRemoteThread", target: { image: "C:\\b.dll" }, ...by }]);
  expect(done("CreateDir")).toEqual([]);
  expect(done("__proto__")).toEqual([]);
});
