import { fileName, properName, word } from "../../world/names.ts";
import { plainFile } from "../../world/programs.ts";
import { type Chain, chain, label } from "../chain.ts";
import { option, perform, written } from "./act.ts";
import { child, drop, dropPath, entry, sharePath, webFile } from "./delivery.ts";

const T = "T1218";

/** T1218 itself: binaries that have no sub-technique of their own. */
export const parentTechnique: readonly Chain[] = [
  chain(`${T}/wuauclt`, (s) => {
    const dll = dropPath(s, ["dll", "dll", "cpl", "tmp"]);
    perform(s, "wuauclt.exe", {
      args: `/UpdateDeploymentProvider ${written(s, dll)} /RunHandlerComServer`,
      payload: dll,
      kind: "dll",
      technique: T,
      note: "the update client loads somebody else's provider",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/wuauclt-logon`, (s) => {
    const dll = dropPath(s, ["dll"]);
    const shortcut = `${s.home}\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup\\${properName(s.random)}.lnk`;
    const first = entry(s);
    drop(s, first, dll);
    const link = s.file(first, shortcut);
    const target = "C:\\Windows\\System32\\wuauclt.exe";
    const args = `/UpdateDeploymentProvider ${dll} /RunHandlerComServer`;
    const atRest = s.emit({ kind: "shortcut", time: s.now, proc: first, path: shortcut, target, args });
    atRest.truth = {
      binary: "wuauclt.exe",
      payload: dll,
      kind: "dll",
      technique: T,
      also: ["T1547.009"],
      outcome: "staged",
      evidence: "shortcut",
      note: "a shortcut in the Startup folder runs the update client with a library",
    };
    s.wait(60_000, 1_200_000);
    const proc = s.spawn(s.root("explorer"), "wuauclt.exe", `"${target}" ${args}`);
    const truth = {
      payload: dll,
      kind: "dll",
      technique: T,
      also: ["T1547.009"],
      note: "a shortcut that runs at logon starts the update client with a library",
    } as const;
    label(s, { parent: first, proc, truth, after: [link, s.load(proc, plainFile(dll)), child(s, proc)] });
  }),
  chain(`${T}/certoc`, (s) => {
    const dll = dropPath(s, ["dll"]);
    perform(s, "certoc.exe", {
      args: `${option(s, "LoadDLL")} ${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: T,
      note: "a library loaded by the certificate client",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/cim-provider`, (s) => {
    const dll = dropPath(s, ["dll"]);
    perform(s, "register-cimprovider.exe", {
      args: `-path ${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: T,
      note: "a library registered as a provider",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/inf`, (s) => {
    const inf = dropPath(s, ["inf"]);
    perform(s, "InfDefaultInstall.exe", {
      args: written(s, inf),
      payload: inf,
      kind: "inf",
      technique: T,
      note: "an installer file brought from outside",
      drops: [inf],
      loads: ["scrobj.dll"],
    });
  }),
  chain(`${T}/wizard`, (s) => {
    const clsid = `{${s.random.hex(8)}-52f5-4f1b-9a35-${s.random.hex(12)}}`;
    const dll = dropPath(s, ["dll"]);
    const path = `HKU\\${s.user.sid}_Classes\\CLSID\\${clsid}\\InprocServer32\\(Default)`;
    perform(s, "xwizard.exe", {
      args: `RunWizard /${s.random.pick(["u", "t"])} ${clsid}`,
      payload: clsid,
      kind: "process",
      technique: T,
      note: "a wizard of the user's own class",
      drops: [dll],
      sets: [[path, dll]],
      loads: [plainFile(dll)],
    });
  }),
  chain(`${T}/presentation`, (s) => {
    const xbap = s.random.chance(0.5) ? dropPath(s, ["xbap"]) : webFile(s, ["xbap"]);
    const web = xbap.startsWith("http");
    perform(s, "presentationhost.exe", {
      args: written(s, xbap),
      payload: xbap,
      kind: "exe",
      technique: T,
      note: "a browser application",
      drops: web ? [] : [xbap],
      fetches: web ? [xbap] : [],
    });
  }),
  chain(`${T}/logon-reminder`, (s) => {
    const exe = dropPath(s, ["exe"]);
    perform(s, "wlrmdr.exe", {
      args: `-s 3600 -f 0 -t ${word(s.random)} -m ${word(s.random)} -a 11 -u ${written(s, exe)}`,
      payload: exe,
      kind: "exe",
      technique: T,
      note: "the logon reminder opens a program",
      drops: [exe],
    });
  }),
  chain(`${T}/extension-export`, (s) => {
    const folder = `C:\\Users\\Public\\${word(s.random)}`;
    const dll = `${folder}\\mozcrt19.dll`;
    const first = entry(s);
    drop(s, first, dll);
    const proc = s.spawn(
      first,
      "extexport.exe",
      `"C:\\Program Files\\Internet Explorer\\ExtExport.exe" ${folder} ${word(s.random)} ${word(s.random)}`,
    );
    const truth = {
      payload: folder,
      kind: "process",
      technique: T,
      note: "a folder from which fixed names are loaded",
    } as const;
    label(s, { parent: first, proc, truth, after: [s.load(proc, plainFile(dll)), child(s, proc)] });
  }),
  chain(`${T}/script-block`, (s) => {
    const dll = sharePath(s, ["dll"]);
    const shell = s.spawn(
      entry(s),
      "powershell.exe",
      `powershell.exe -NoProfile -Command .\\${fileName(s.random)}.ps1`,
    );
    const line = `rundll32.exe ${dll},${word(s.random)}`;
    const block = s.script(
      shell,
      `$${word(s.random)} = '${word(s.random)}'\nStart-Process -FilePath rundll32.exe -ArgumentList '${dll},${word(s.random)}'`,
    );
    const proc = s.spawn(shell, "rundll32.exe", line);
    const truth = {
      payload: dll,
      kind: "dll",
      technique: "T1218.011",
      also: ["T1059.001"],
      remote: true,
      note: "a script block starts rundll32 on somebody else's share",
    } as const;
    label(s, { parent: shell, proc, truth, after: [block, child(s, proc)] });
  }),
];
