import { domain, fileName, word } from "../../world/names.ts";
import { type Chain, chain, label } from "../chain.ts";
import { option, perform, written } from "./act.ts";
import { child, drop, dropPath, entry, sharePath, webFile } from "./delivery.ts";

/** T1218.001 Compiled HTML File, T1218.005 Mshta, T1218.014 MMC: documents that are programs. */
export const documents: readonly Chain[] = [
  chain("T1218.001/local", (s) => {
    const chm = dropPath(s, ["chm"]);
    perform(s, "hh.exe", {
      args: written(s, chm),
      payload: chm,
      kind: "script",
      technique: "T1218.001",
      note: "a help file brought from outside",
      drops: [chm],
      loads: ["hhctrl.ocx", "itss.dll"],
    });
  }),
  chain("T1218.001/remote", (s) => {
    const url = webFile(s, ["chm"]);
    perform(s, "hh.exe", {
      args: url,
      payload: url,
      kind: "script",
      technique: "T1218.001",
      note: "a help file opened from the web",
      loads: ["hhctrl.ocx"],
      fetches: [url],
    });
  }),
  chain("T1218.001/decompile", (s) => {
    const chm = dropPath(s, ["chm"]);
    const target = chm.slice(0, chm.lastIndexOf("\\"));
    const extracted = `${target}\\${fileName(s.random)}.htm`;
    perform(s, "hh.exe", {
      args: `-decompile ${target} ${written(s, chm)}`,
      payload: chm,
      kind: "script",
      technique: "T1218.001",
      note: "contents of a help file unpacked",
      drops: [chm],
      writes: [extracted],
      silent: true,
    });
  }),
  chain("T1218.005/remote", (s) => {
    const url = webFile(s, ["hta", "html", "php", "jpg"]);
    perform(s, "mshta.exe", {
      args: s.random.chance(0.3) ? `"${url}"` : url,
      payload: url,
      kind: "script",
      technique: "T1218.005",
      note: "an application of HTML from the web",
      fetches: [url],
      loads: ["mshtml.dll", "vbscript.dll"],
    });
  }),
  chain("T1218.005/local", (s) => {
    const hta = dropPath(s, ["hta", "hta", "html", "txt", "tmp"]);
    perform(s, "mshta.exe", {
      args: written(s, hta),
      payload: hta,
      kind: "script",
      technique: "T1218.005",
      note: "an application of HTML that was just written",
      drops: [hta],
      loads: ["mshtml.dll"],
    });
  }),
  chain("T1218.005/share", (s) => {
    const hta = sharePath(s, ["hta"]);
    perform(s, "mshta.exe", {
      args: written(s, hta),
      payload: hta,
      kind: "script",
      technique: "T1218.005",
      note: "an application of HTML from somebody else's share",
      loads: ["mshtml.dll"],
    });
  }),
  chain("T1218.005/inline", (s) => {
    const url = webFile(s, ["sct"]);
    const code = s.random.pick([
      `vbscript:Execute("${word(s.random)} ""${word(s.random)}"":close")`,
      `javascript:a=${word(s.random)}("${word(s.random)}");a.${word(s.random)}();close();`,
      `javascript:GetObject("script:${url}");close()`,
      `about:<script>${word(s.random)}("${word(s.random)}")</script>`,
    ]);
    const written = code.includes(" ") || code.startsWith("about") ? `"${code}"` : code;
    perform(s, "mshta.exe", {
      args: written,
      payload: code,
      kind: "inline",
      technique: "T1218.005",
      note: "code in the command line",
      loads: ["mshtml.dll", "jscript9.dll"],
      ...(code.includes(url) ? { fetches: [url] } : {}),
    });
  }),
  chain("T1218.014/console", (s) => {
    const console = dropPath(s, ["msc"]);
    perform(s, "mmc.exe", {
      args: `${s.random.chance(0.3) ? "-Embedding " : ""}${written(s, console)}`,
      payload: console,
      kind: "xml",
      technique: "T1218.014",
      note: "a console file brought from outside",
      drops: [console],
      loads: ["mmcndmgr.dll", "msxml6.dll"],
    });
  }),
  chain("T1218.014/remote", (s) => {
    const url = `https://${domain(s.random)}/${fileName(s.random)}.html`;
    const console = dropPath(s, ["msc"]);
    perform(s, "mmc.exe", {
      args: written(s, console),
      payload: console,
      kind: "xml",
      technique: "T1218.014",
      note: "a console file that shows a page of the web",
      drops: [console],
      fetches: [url],
    });
  }),
  chain("T1218.014/class", (s) => {
    const console = `C:\\Users\\Public\\${fileName(s.random)}.msc`;
    const first = entry(s);
    drop(s, first, console);
    s.registry(
      first,
      `HKU\\${s.user.sid}_Classes\\CLSID\\{${s.random.hex(8).toUpperCase()}-52F5-4F1B-9A35-${s.random.hex(12).toUpperCase()}}\\InprocServer32\\(Default)`,
      dropPath(s, ["dll"]),
    );
    const proc = s.spawn(first, "mmc.exe", `mmc.exe ${option(s, "a")} ${console}`);
    const truth = {
      payload: console,
      kind: "xml",
      technique: "T1218.014",
      note: "a console file with a class of the user's own",
    } as const;
    label(s, { parent: first, proc, truth, after: [child(s, proc)] });
  }),
];
