import { fileName, properName, word } from "../../world/names.ts";
import { plainFile, program } from "../../world/programs.ts";
import { type Chain, chain, label } from "../chain.ts";
import { option, perform, written } from "./act.ts";
import { child, drop, dropPath, entry, fetchFrom, sharePath, webFile } from "./delivery.ts";

const QUIET = ["/q", "/quiet", "/qn", "-q", "-qn"];

/** T1218.007 Msiexec. */
export const installing: readonly Chain[] = [
  chain("T1218.007/remote", (s) => {
    const url = webFile(s, ["msi", "msi", "png", "php"]);
    const quiet = s.random.pick(QUIET);
    const args = s.random.pick([
      `${quiet} ${option(s, "i")} ${url}`,
      `${option(s, "i")} ${url} ${quiet}`,
      `/package ${url} ${quiet}`,
      `${quiet} /i "${url}"`,
    ]);
    const first = entry(s);
    const msi = s.spawn(first, "msiexec.exe", `msiexec ${args}`);
    const fetched = fetchFrom(s, msi, url);
    const service = s.spawn(s.root("services"), "msiexec.exe", "C:\\Windows\\system32\\msiexec.exe /V", {
      ordinary: "the installer service",
    });
    const dropped = s.file(service, `C:\\Windows\\Installer\\MSI${s.random.hex(4).toUpperCase()}.tmp`);
    const own = s.spawn(
      service,
      `C:\\Windows\\Installer\\MSI${s.random.hex(4).toUpperCase()}.tmp`,
      `"C:\\Windows\\Installer\\MSI${s.random.hex(4).toUpperCase()}.tmp"`,
    );
    const truth = {
      payload: url,
      kind: "msi",
      technique: "T1218.007",
      remote: true,
      note: "a package from the web",
    } as const;
    label(s, { parent: first, proc: msi, truth, after: [fetched, s.started(service), dropped, s.started(own)] });
  }),
  chain("T1218.007/local", (s) => {
    const msi = dropPath(s, ["msi", "msi", "tmp", "jpg"]);
    perform(s, "msiexec.exe", {
      args: `${option(s, "i")} ${written(s, msi)} ${s.random.pick(QUIET)}`,
      payload: msi,
      kind: "msi",
      technique: "T1218.007",
      note: "a package that was just written",
      drops: [msi],
      loads: ["msi.dll"],
    });
  }),
  chain("T1218.007/share", (s) => {
    const msi = sharePath(s, ["msi"]);
    perform(s, "msiexec.exe", {
      args: `/q /i ${written(s, msi)}`,
      payload: msi,
      kind: "msi",
      technique: "T1218.007",
      note: "a package on somebody else's share",
      loads: ["msi.dll"],
    });
  }),
  chain("T1218.007/library", (s) => {
    const dll = dropPath(s, ["dll", "dll", "txt"]);
    perform(s, "msiexec.exe", {
      args: `${option(s, s.random.pick(["y", "z"]))} ${written(s, dll)}`,
      payload: dll,
      kind: "dll",
      technique: "T1218.007",
      note: "a library registered by msiexec",
      drops: [dll],
      loads: [plainFile(dll)],
    });
  }),
  chain("T1218.007/transform", (s) => {
    const msi = dropPath(s, ["msi"]);
    const mst = webFile(s, ["mst"]);
    perform(s, "msiexec.exe", {
      args: `/i ${written(s, msi)} TRANSFORMS="${mst}" /qb`,
      payload: msi,
      kind: "msi",
      technique: "T1218.007",
      note: "a package changed by a transform from the web",
      drops: [msi],
      fetches: [mst],
    });
  }),
];

/** T1218.012 Verclsid, T1218.013 Mavinject, T1218.015 Electron Applications. */
export const hosting: readonly Chain[] = [
  chain("T1218.012/class", (s) => {
    const clsid =
      `{${s.random.hex(8)}-${s.random.hex(4)}-4${s.random.hex(3)}-a${s.random.hex(3)}-${s.random.hex(12)}}`.toUpperCase();
    const dll = dropPath(s, ["dll", "sct"]);
    const path = `HKU\\${s.user.sid}_Classes\\CLSID\\${clsid}\\InprocServer32\\(Default)`;
    perform(s, "verclsid.exe", {
      args: `${s.random.pick(["/S /C", "/S /I {000214E6-0000-0000-C000-000000000046} /C", "-S -C"])} ${clsid}`,
      payload: null,
      kind: "dll",
      technique: "T1218.012",
      note: "a class of the user's own, whose server was just written",
      drops: [dll],
      sets: [[path, dll]],
      loads: [plainFile(dll)],
    });
  }),
  chain("T1218.013/inject", (s) => {
    const dll = dropPath(s, ["dll"]);
    const first = entry(s);
    drop(s, first, dll);
    const target = s.spawn(
      s.root("explorer"),
      "notepad.exe",
      `"C:\\Windows\\system32\\notepad.exe" ${s.home}\\Desktop\\${word(s.random)}.txt`,
    );
    const proc = s.spawn(
      first,
      "mavinject.exe",
      `${s.random.pick(["mavinject.exe", "mavinject", `"${program("mavinject.exe").image}"`])} ${target.pid} /INJECTRUNNING ${written(s, dll)}`,
    );
    const truth = {
      payload: dll,
      kind: "dll",
      technique: "T1218.013",
      also: ["T1055.001"],
      note: "a library put into another process",
    } as const;
    label(s, {
      parent: first,
      proc,
      truth,
      after: [
        s.thread(proc, target, "C:\\Windows\\System32\\kernel32.dll", "LoadLibraryW"),
        s.load(target, plainFile(dll)),
        child(s, target),
      ],
    });
  }),
  chain("T1218.015/launcher", (s) => {
    const name = s.random.pick(["ms-teams.exe", "slack.exe", "Code.exe", "chrome.exe", "msedge.exe"]);
    const own = dropPath(s, ["exe"]);
    const flag = s.random.pick([
      "--gpu-launcher",
      "--renderer-cmd-prefix",
      "--utility-cmd-prefix",
      "--browser-subprocess-path",
    ]);
    const sandbox = s.random.pick(["--disable-gpu-sandbox ", "--no-sandbox ", ""]);
    const known = program(name);
    const first = entry(s);
    drop(s, first, own);
    const proc = s.spawn(first, known, `"${known.image}" ${sandbox}${flag}="${own}"`);
    const runs = s.spawn(proc, own, `"${own}" "${known.image}" --type=gpu-process`);
    label(s, {
      parent: first,
      proc,
      truth: { payload: own, kind: "exe", technique: "T1218.015", note: `${flag} names somebody else's program` },
      after: [s.started(runs)],
    });
  }),
  chain("T1218.015/archive", (s) => {
    const known = program(s.random.pick(["slack.exe", "Code.exe"]));
    const folder = known.image.slice(0, known.image.lastIndexOf("\\"));
    const archive = `${folder}\\resources\\app.asar`;
    const first = entry(s);
    const written = drop(s, first, archive);
    const proc = s.spawn(s.root("explorer"), known, `"${known.image}"`);
    const truth = {
      payload: null,
      kind: "script",
      technique: "T1218.015",
      evidence: "file_creation",
      note: `the program's own archive was changed: ${properName(s.random)} ${fileName(s.random)}`,
    } as const;
    label(s, { parent: first, proc, truth, after: [written, child(s, proc)] });
  }),
];
