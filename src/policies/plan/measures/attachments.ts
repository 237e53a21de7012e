import { plural } from "../../../outputs/counts.ts";
import { attachmentRule } from "../../targets/attachments.ts";
import { type Evidence, peersOf } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { isBroad } from "./programs.ts";

/** Types that Outlook hands out unless it is told otherwise, and that run what they hold. */
const TYPES = [".chm", ".msc", ".sct", ".wsc", ".xsl", ".iso", ".img", ".vhd", ".vhdx", ".url", ".library-ms"];
const OUTLOOK = /\\(?:outlook|olk)\.exe$/i;

const rulesOf = (ids: readonly string[]) => ids.flatMap((id) => attachmentRule(id) ?? []);

function origin(): Measure {
  return {
    id: "origin-of-files",
    mitigation: "M1021",
    title: "Keep the note of where a file came from",
    why: "SmartScreen, Office and the installer ask it before they run a file of the web; users must not be able to take it away.",
    evidence: ["It is a setting that costs nobody anything; logs show files with the note, not who reads it."],
    stops: ["files of the web that would be opened without a warning"],
    blind: ["Files in archives and images bear the note only where the program that unpacks them passes it on."],
    mode: "enforce",
    rules: { attachments: rulesOf(["SaveZoneInformation", "HideZoneInfoOnProperties"]) },
  };
}

function mail(evidence: Evidence): Measure {
  const got = [...evidence.all("open"), ...evidence.all("write")]
    .filter(({ act }) => OUTLOOK.test(act.subject.path ?? ""))
    .map(({ act }) => act.object.path?.toLowerCase() ?? "");
  const free = TYPES.filter((extension) => !got.some((path) => path.endsWith(extension)));
  return {
    id: "mail-attachments",
    mitigation: "M1021",
    title: "Have Outlook keep back attachments that run what they hold",
    why: "Nobody got such an attachment in the history; a payload would come as one.",
    evidence: [`Neither opened from Outlook nor saved by it: ${free.join(" ")}.`],
    stops: ["help files, consoles, scriptlets and images by mail (T1218.001, T1218.014, T1204.002)"],
    blind: ["Mail that is read in a browser, and archives with such files in them, are not covered."],
    mode: "enforce",
    rules: { attachments: rulesOf(free.map((extension) => `Level1=${extension}`)) },
  };
}

function scriptHost(evidence: Evidence): Measure | undefined {
  if (!isBroad(evidence) || evidence.use(["cscript.exe"]) || evidence.use(["wscript.exe"])) return undefined;
  return {
    id: "script-host",
    mitigation: "M1042",
    title: "Switch Windows Script Host off",
    why: "Neither wscript.exe nor cscript.exe was started once.",
    evidence: [`None on ${plural(evidence.hosts.size, "host")} and ${plural(evidence.hostDays, "host-day")}.`],
    stops: ["scripts of VBScript and JScript that are opened or named on a command line (T1059.005, T1216)"],
    blind: ["Script inside of mshta.exe, rundll32.exe and regsvr32.exe does not ask Windows Script Host."],
    mode: "enforce",
    rules: { attachments: rulesOf(["WindowsScriptHost=0"]) },
  };
}

const HELP = /\\hh\.exe$/i;

/** Help that starts programs, where it was only read. */
function help(evidence: Evidence): Measure | undefined {
  const started = [...evidence.all("execute")].filter(({ act }) => HELP.test(act.subject.path ?? ""));
  if (started.some(({ act }) => !HELP.test(act.object.path ?? ""))) return undefined;
  return {
    id: "help-commands",
    mitigation: "M1021",
    title: "Let help files start programs only where administrators install them",
    why: "A help file may start a program by itself (its commands Shortcut and WinHelp); help that anybody brings must not.",
    evidence: ["No help started a program in the history; help below Windows and Program Files keeps its commands."],
    stops: ["hh.exe: help files of users’ folders that start programs (T1218.001)"],
    blind: [
      "Script in a help file’s pages, and what hh.exe -decompile unpacks, are not affected: no product asks for hh.exe’s arguments.",
      "Logs do not hold which command a help file has: the setting is not replayed.",
    ],
    mode: "enforce",
    rules: { attachments: rulesOf(["HelpQualifiedRootDir"]) },
  };
}

/** Consoles with pages of the web, where mmc.exe never fetched one. */
function consoles(evidence: Evidence): Measure | undefined {
  const { inside, internet } = peersOf(evidence, ["mmc.exe"]);
  if (internet > 0) return undefined;
  return {
    id: "console-pages",
    mitigation: "M1038",
    title: "Take pages of the web and ActiveX controls out of consoles",
    why: "A console may hold a page of the web or a control, and run script in it; tools of administration hold neither.",
    evidence: [
      inside > 0
        ? `mmc.exe was connected ${plural(inside, "time")}, to nobody on the internet.`
        : `No connection of mmc.exe is in the history (${plural(evidence.seen.connect, "connection")} were logged).`,
    ],
    stops: ["mmc.exe: consoles that show a page and run its script, wherever they lie (T1218.014)"],
    blind: [
      "A task of a console may still start a command, and a snap-in that is registered runs its library.",
      "Logs do not hold what a console shows: the setting is not replayed. Ask whoever made consoles with pages of the own network.",
    ],
    mode: "enforce",
    rules: { attachments: rulesOf(["RestrictLinkToWebAddress", "RestrictActiveXControl"]) },
  };
}

/** What people are sent and open (M1021), and what it may do. */
export function attachmentMeasures(evidence: Evidence): readonly Measure[] {
  const found = [origin(), mail(evidence), help(evidence), consoles(evidence), scriptHost(evidence)];
  return found.filter((one) => one !== undefined);
}
