import { ADMINISTRATORS, EVERYBODY, plainId } from "../../ids.ts";
import type { FilePattern, Rule } from "../../model.ts";
import { browserRule } from "../../targets/browsers.ts";
import type { Evidence } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { asPattern, learntFolders, pathsOf, writableInWindows } from "./folders.ts";
import { isWide } from "./programs.ts";

/** Types whose program runs what they hold. */
const TYPES = [".hta", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".wsc", ".sct", ".chm", ".xsl"];

function fileTypes(evidence: Evidence): Measure {
  const opened = [...evidence.all("open")].map(({ act }) => act.object.path?.toLowerCase() ?? "");
  const free = TYPES.filter((extension) => !opened.some((path) => path.endsWith(extension)));
  return {
    id: "file-types",
    mitigation: "M1021",
    title: "Open script files in a text editor",
    why: "A document of these types runs code when it is opened; nobody opened one.",
    evidence: [`Not opened from the shell, a browser or a mail program in the history: ${free.join(" ")}.`],
    stops: ["documents of these types that people open from a download or a mail (T1218.001, T1218.005, T1059)"],
    blind: ["A command line that names the program is not affected."],
    mode: "enforce",
    rules: {
      associations: free.map((extension) => ({
        id: extension,
        action: "deny",
        on: ["open"],
        object: [{ extension }],
        description: `${extension} opens in a text editor`,
        measure: "M1021",
      })),
    },
  };
}

function downloads(): Measure {
  const rule = browserRule("DownloadRestrictions", "4");
  return {
    id: "downloads",
    mitigation: "M1021",
    title: "Let browsers refuse malicious downloads",
    why: "It costs nobody a legitimate download; stricter values (1 to 3) stop dangerous types and need a pilot.",
    evidence: ["Logs do not hold the browsers’ verdicts."],
    stops: ["payloads that the browser’s service knows"],
    blind: ["Mail, chat, archives and removable media are not covered."],
    mode: "enforce",
    rules: { browsers: rule ? [rule] : [] },
  };
}

const allow = (on: "install" | "script", path: string, scope: string, exceptions: readonly string[] = []): Rule => ({
  id: plainId(`${on}_${path}_${scope === ADMINISTRATORS ? "administrators" : ""}`),
  action: "allow",
  on: [on],
  object: [{ path }],
  scope: [scope],
  ...(exceptions.length > 0 && { exceptions: exceptions.map((one) => ({ path: one })) }),
  description: `${on === "install" ? "Packages" : "Scripts"} in ${path}`,
  measure: "M1038",
});

function byFolder(evidence: Evidence, on: "install" | "script"): Measure {
  const learnt = learntFolders(evidence, on).map(asPattern);
  const writable = writableInWindows(pathsOf(evidence.all(on)));
  const isInstall = on === "install";
  // On many hosts administrators, too, were seen to take packages from these folders only.
  const isForAll = isInstall && isWide(evidence);
  return {
    id: `${isInstall ? "package" : "script"}-folders`,
    mitigation: "M1038",
    title: `Allow ${isInstall ? "installer packages" : "scripts"} by folder`,
    why: `${isInstall ? "Packages" : "Scripts"} that were used here came from these folders${isForAll ? "" : "; administrators may use any"}.`,
    evidence: [
      learnt.length === 0
        ? "None came from elsewhere on two hosts."
        : `Seen on two hosts or more: ${learnt.join(", ")}.`,
    ],
    stops: [
      isInstall
        ? "msiexec.exe: packages from users’ folders and from the web (T1218.007)"
        : "cscript.exe, wscript.exe: scripts from users’ folders",
    ],
    blind: [
      isInstall
        ? "A signed, allowed package may still do what its author wanted."
        : "Types that AppLocker does not know are not covered.",
    ],
    mode: isInstall ? "enforce" : "audit",
    rules: {
      applocker: [
        allow(on, "%WINDIR%\\*", EVERYBODY, writable),
        ...["%PROGRAMFILES%\\*", ...learnt].map((path) => allow(on, path, EVERYBODY)),
        ...(isForAll ? [] : [allow(on, "*", ADMINISTRATORS)]),
      ],
    },
  };
}

/**
 * Packages may bring a program that the installer's service unpacks under a name of its own and starts.
 * @see https://learn.microsoft.com/windows/win32/msi/custom-action-type-2
 */
function unpacked(evidence: Evidence): Measure {
  const started = pathsOf(evidence.all("execute")).filter((path) => /^c:\\windows\\installer\\[^\\]*\.tmp$/.test(path));
  return {
    id: "package-programs",
    mitigation: "M1038",
    title: "Start no programs that packages carry for one use",
    why: "A package can have the installer’s service unpack a program into its cache and start it, whatever the program is.",
    evidence: [`${started.length === 0 ? "No" : started.length} such programs were started in the history.`],
    stops: ["msiexec.exe: programs inside of packages (T1218.007)"],
    blind: [
      "Libraries inside of packages are loaded as before, and so are programs that run as the system account.",
      "Some older setup programs do this: the history says whether those here do.",
    ],
    mode: "enforce",
    rules: {
      applocker: [
        {
          id: "package_programs",
          action: "deny",
          on: ["execute"],
          object: [{ path: "%WINDIR%\\Installer\\*.tmp" }],
          scope: ["S-1-1-0"],
          description: "Programs that packages carry for one use",
          measure: "M1038",
        },
      ],
    },
  };
}

/** Folders of Linux that everybody may write to and from which nothing ran. */
function temporary(evidence: Evidence): Measure | undefined {
  const ran = [...evidence.all("execute"), ...evidence.all("load")].map(({ act }) => act.object.path ?? "");
  if (!ran.some((path) => path.startsWith("/"))) return undefined;
  const free = ["/dev/shm/", "/var/tmp/", "/tmp/", "/run/user/", "/home/"].filter(
    (folder) => !ran.some((path) => path.startsWith(folder)),
  );
  const object: readonly FilePattern[] = free.map((folder) => ({ path: `${folder}*` }));
  if (free.length === 0) return undefined;
  return {
    id: "temporary-folders",
    mitigation: "M1038",
    title: "Run nothing from temporary folders",
    why: "Everybody may write there, and nothing was run from there.",
    evidence: [`Nothing ran from ${free.join(", ")} in the history.`],
    stops: ["libraries and programs that trusted programs of Linux are given from temporary folders"],
    blind: [
      "An interpreter that reads a script from there opens it as data; rules on opening need file types, which logs do not hold.",
    ],
    mode: "enforce",
    rules: {
      fapolicyd: [
        {
          id: "temporary",
          action: "deny",
          on: ["execute"],
          object,
          description: "nothing runs from temporary folders",
          measure: "M1038",
        },
      ],
    },
  };
}

/** What is opened, downloaded, installed and run as a script (M1021, M1038, M1050). */
export function contentMeasures(evidence: Evidence): readonly Measure[] {
  const linux = temporary(evidence);
  return [
    fileTypes(evidence),
    downloads(),
    byFolder(evidence, "install"),
    unpacked(evidence),
    byFolder(evidence, "script"),
    ...(linux ? [linux] : []),
  ];
}
