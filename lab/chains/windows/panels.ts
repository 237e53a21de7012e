import { fileName, word } from "../../world/names.ts";
import { plainFile, program, wow64 } from "../../world/programs.ts";
import type { Session } from "../../world/session.ts";
import { type Chain, chain, label } from "../chain.ts";
import { option, perform, written } from "./act.ts";
import { child, drop, dropPath, entry, fetchFrom, hostOf, webFile } from "./delivery.ts";

/** control → rundll32 → 32-bit rundll32: one act in two or three processes, each of them labelled. */
function throughControl(s: Session, extensions: readonly string[]): void {
  const cpl = dropPath(s, extensions);
  const first = entry(s);
  drop(s, first, cpl);
  const control = s.spawn(first, "control.exe", `"C:\\Windows\\System32\\control.exe" ${written(s, cpl)}`);
  const middle = s.spawn(
    control,
    "rundll32.exe",
    `"C:\\Windows\\system32\\rundll32.exe" Shell32.dll,Control_RunDLL ${written(s, cpl)}`,
  );
  const narrow = s.random.chance(0.5);
  const last = narrow
    ? s.spawn(
        middle,
        wow64("rundll32.exe"),
        `"C:\\Windows\\SysWOW64\\rundll32.exe" "C:\\Windows\\SysWOW64\\shell32.dll",#44 ${written(s, cpl)}`,
      )
    : middle;
  const after = [s.load(last, plainFile(cpl)), child(s, last)];
  const truth = { payload: cpl, kind: "dll", technique: "T1218.002" } as const;
  label(s, {
    parent: first,
    proc: control,
    truth: { ...truth, note: "a control panel applet brought from outside" },
    after: [s.started(middle)],
  });
  label(s, {
    parent: control,
    proc: middle,
    truth: { ...truth, also: ["T1218.011"], note: "second step of the chain that control began" },
    after: narrow ? [s.started(last)] : after,
  });
  if (narrow)
    label(s, {
      parent: middle,
      proc: last,
      truth: { ...truth, also: ["T1218.011"], note: "third step, in 32 bits" },
      after,
    });
}

/** T1218.002 Control Panel, T1218.003 CMSTP. */
export const panels: readonly Chain[] = [
  chain("T1218.002/control", (s) => throughControl(s, ["cpl"])),
  chain("T1218.002/library", (s) => throughControl(s, ["dll", "dat", "tmp"])),
  chain("T1218.002/rundll32", (s) => {
    const cpl = dropPath(s, ["cpl", "dll"]);
    perform(s, "rundll32.exe", {
      args: `shell32.dll,Control_RunDLL ${written(s, cpl)}`,
      payload: cpl,
      kind: "dll",
      technique: "T1218.002",
      also: ["T1218.011"],
      note: "an applet run without control.exe",
      drops: [cpl],
      loads: ["shell32.dll", plainFile(cpl)],
    });
  }),
  chain("T1218.002/registered", (s) => {
    const cpl = dropPath(s, ["cpl"]);
    const first = entry(s);
    drop(s, first, cpl);
    const set = s.registry(
      first,
      `HKU\\${s.user.sid}\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Control Panel\\CPLs\\${word(s.random)}`,
      cpl,
    );
    const control = s.spawn(s.root("explorer"), "control.exe", `"C:\\Windows\\System32\\control.exe"`);
    const load = s.load(control, plainFile(cpl));
    label(s, {
      parent: first,
      proc: control,
      truth: {
        payload: null,
        kind: "dll",
        technique: "T1218.002",
        note: `the applet stands in the registry: ${fileName(s.random)}`,
      },
      after: [set, load, child(s, control)],
    });
  }),
  chain("T1218.003/local", (s) => {
    const inf = dropPath(s, ["inf", "inf", "txt", "cmp"]);
    const quiet = s.random.pick([
      `${option(s, "ni")} ${option(s, "s")}`,
      option(s, "s"),
      `${option(s, "s")} ${option(s, "ns")}`,
      `${option(s, "au")}`,
    ]);
    perform(s, "cmstp.exe", {
      args: `${quiet} ${written(s, inf)}`,
      payload: inf,
      kind: "inf",
      technique: "T1218.003",
      note: "a profile that was just written",
      drops: [inf],
      loads: ["cmutil.dll", "advpack.dll"],
    });
  }),
  chain("T1218.003/remote", (s) => {
    const inf = dropPath(s, ["inf"]);
    const url = webFile(s, ["sct"]);
    perform(s, "cmstp.exe", {
      args: `/s ${inf}`,
      payload: inf,
      kind: "inf",
      technique: "T1218.003",
      note: "a profile that points to a scriptlet on the web",
      drops: [inf],
      loads: ["scrobj.dll"],
      fetches: [url],
    });
  }),
  chain("T1218.003/elevation", (s) => {
    const inf = dropPath(s, ["inf"]);
    const first = entry(s);
    drop(s, first, inf);
    const proc = s.spawn(first, "cmstp.exe", `"${program("cmstp.exe").image}" /au ${inf}`);
    const set = s.registry(
      proc,
      "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\cmmgr32.exe\\ProfileInstallPath",
      `C:\\ProgramData\\${word(s.random)}`,
    );
    const surrogate = s.spawn(
      s.root("dcom"),
      "dllhost.exe",
      "C:\\Windows\\system32\\DllHost.exe /Processid:{3E5FC7F9-9A51-4367-9063-A120244FBEC7}",
      { user: s.user, integrity: "High" },
    );
    label(s, {
      parent: first,
      proc,
      truth: {
        payload: inf,
        kind: "inf",
        technique: "T1218.003",
        also: ["T1548.002"],
        note: "a profile installed through the elevated class of the connection manager",
      },
      after: [set, s.started(surrogate), child(s, surrogate)],
    });
  }),
  chain("T1218.003/connection", (s) => {
    const inf = dropPath(s, ["inf"]);
    const first = entry(s);
    const url = webFile(s, ["inf"]);
    const got = fetchFrom(s, first, url);
    drop(s, first, inf);
    const proc = s.spawn(first, "cmstp.exe", `cmstp.exe /ni /s ${inf}`);
    label(s, {
      parent: first,
      proc,
      truth: { payload: inf, kind: "inf", technique: "T1218.003", note: `a profile fetched from ${hostOf(url)}` },
      after: [got, child(s, proc)],
    });
  }),
];
