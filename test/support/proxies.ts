import type { Event } from "../../src/model/event.ts";
import { connect, file, load, OUTSIDE, on, PUBLIC, S32, start } from "./chains/story.ts";

/** What a trusted program that nobody has listed did with its argument. */
export interface Story {
  readonly name: string;
  readonly events: readonly Event[];
  /** Behaviour that is told at medium or above; undefined where nothing is. */
  readonly told?: string;
  /** The argument that the finding names. */
  readonly text?: string;
}

const OWN = "C:\\Program Files\\Orchard\\";
const TOOL = `${S32}quincetool.exe`;
const APP = `${OWN}gate.exe`;
const WEB = "https://files.example.net/";

const tool = (line: string) => start(0, "T", TOOL, `quincetool.exe ${line}`, "X", "explorer.exe");
const app = (line: string, image = APP) => start(0, "T", image, `"${image}" ${line}`, "X", "explorer.exe");
const loads = (module: string, signed = false) => load(1, "T", TOOL, module, signed);
const child = (image: string, line = image) => start(2, "C", image, line, "T", TOOL);

/** Arguments in every dress, and what followed; none that a catalogued program alone would read, by which its copies are known. */
export const PROXIES: readonly Story[] = [
  {
    name: "a library behind an option",
    events: [tool(`-q --plugin ${PUBLIC}a.dll`), loads(`${PUBLIC}a.dll`)],
    told: "uncatalogued-load",
    text: `${PUBLIC}a.dll`,
  },
  {
    name: "a library with its entry",
    events: [tool(`/with:${PUBLIC}a.dat,Start`), loads(`${PUBLIC}a.dat`)],
    told: "uncatalogued-load",
    text: `${PUBLIC}a.dat`,
  },
  {
    name: "a library in braces",
    events: [tool(`/A {LOAD "${PUBLIC}a b.dll"}`), loads(`${PUBLIC}a b.dll`)],
    told: "uncatalogued-load",
    text: `${PUBLIC}a b.dll`,
  },
  {
    name: "a library by its short name",
    events: [tool("C:\\PROGRA~3\\LONGNA~1.DLL x"), loads("C:\\ProgramData\\LongNameOfIt.dll")],
    told: "uncatalogued-load",
    text: "C:\\PROGRA~3\\LONGNA~1.DLL",
  },
  {
    name: "a library without its ending",
    events: [tool(`/load:${PUBLIC}plain`), loads(`${PUBLIC}plain.dll`)],
    told: "uncatalogued-load",
    text: `${PUBLIC}plain`,
  },
  {
    name: "a library from the working directory",
    events: [tool("..\\x\\a.dll"), loads(`${PUBLIC}x\\a.dll`)],
    told: "uncatalogued-load",
    text: "..\\x\\a.dll",
  },
  {
    name: "a folder from which a library is taken",
    events: [tool(`C:\\Users\\Public\\pack one two`), loads(`${PUBLIC}pack\\m.dll`)],
    told: "uncatalogued-load",
    text: "C:\\Users\\Public\\pack",
  },
  {
    name: "a class whose code nobody signed",
    events: [tool("-class {0A1B2C3D-1111-4222-8333-444455556666}"), loads(`${PUBLIC}a.dll`)],
    told: "uncatalogued-open",
    text: "{0A1B2C3D-1111-4222-8333-444455556666}",
  },
  {
    name: "a program that is started",
    events: [tool(`/run=${PUBLIC}a.exe -x`), child(`${PUBLIC}a.exe`)],
    told: "uncatalogued-start",
    text: `${PUBLIC}a.exe`,
  },
  {
    name: "a path with blanks that nobody put in quotes, and a shell",
    events: [tool("C:\\Users\\Public\\My Fax N1.chm"), child(`${S32}cmd.exe`)],
    told: "uncatalogued-open",
    text: "C:\\Users\\Public\\My Fax N1.chm",
  },
  {
    name: "a scriptlet from the web",
    events: [tool(`/q /go:${WEB}a.sct`), loads(`${S32}scrobj.dll`, true)],
    told: "uncatalogued-open",
    text: `${WEB}a.sct`,
  },
  {
    name: "an address that is called",
    events: [tool(`/style:"${WEB}a.xsl"`), connect(1, "T", TOOL, OUTSIDE)],
    told: "uncatalogued-fetch",
    text: `${WEB}a.xsl`,
  },
  {
    name: "code in the line",
    events: [
      tool('/eval javascript:"\\..\\x ";new ActiveXObject("WScript.Shell").Run("calc")'),
      child(`${S32}calc.exe`),
    ],
    told: "uncatalogued-open",
  },
  {
    name: "a file that is handed on to the next program",
    events: [tool(`${PUBLIC}t.cpl`), child(`${S32}secondtool.exe`, `secondtool.exe ${PUBLIC}t.cpl`)],
    told: "uncatalogued-open",
    text: `${PUBLIC}t.cpl`,
  },
  {
    name: "a program that is written where any user can write",
    events: [tool(`-unpack ${PUBLIC}a.txt ${PUBLIC}a.exe`), file(1, "T", TOOL, `${PUBLIC}a.exe`)],
    told: "uncatalogued-write",
    text: `${PUBLIC}a.exe`,
  },
  {
    name: "installed software that loads an unsigned library of a user's",
    events: [app(`--plugin ${PUBLIC}a.dll`), load(1, "T", APP, `${PUBLIC}a.dll`)],
    told: "uncatalogued-load",
    text: `${PUBLIC}a.dll`,
  },
];

const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\QUINCE.EXE";
const HOME = "C:\\Users\\ada\\";

/** Ordinary days of programs that the catalogue does not describe. */
export const ORDINARY: readonly Story[] = [
  {
    name: "a document that is opened, and a call home",
    events: [app(`"${HOME}Documents\\plan.docx"`, WORD), connect(3, "T", WORD, OUTSIDE)],
  },
  {
    name: "a document that was just downloaded",
    events: [
      file(-5, "B", "chrome.exe", `${HOME}Downloads\\plan.docx`),
      app(`"${HOME}Downloads\\plan.docx"`, WORD),
      connect(3, "T", WORD, OUTSIDE),
      start(4, "C", `${S32}splwow64.exe`, "splwow64.exe 8192", "T", WORD),
    ],
  },
  {
    name: "a document that is saved",
    events: [app(`${HOME}plan.odt`), file(60, "T", APP, `${HOME}plan.odt`)],
  },
  {
    name: "an updater that starts what it fetched into its own folder",
    events: [
      app("/install C:\\ProgramData\\Orchard\\cache\\setup.exe"),
      start(2, "C", "C:\\ProgramData\\Orchard\\cache\\setup.exe", "setup.exe /S", "T", APP),
    ],
  },
  {
    name: "an updater that calls its server",
    events: [app("--server=https://updates.example.net/v1 --check"), connect(1, "T", APP, OUTSIDE)],
  },
  {
    name: "a plug-in of its own",
    events: [app(`--plugin "${OWN}plugins\\a.dll"`), load(1, "T", APP, `${OWN}plugins\\a.dll`, true)],
  },
  {
    name: "a signed library of another product",
    events: [
      app('--add-in "C:\\Program Files\\Meadow\\a.dll"'),
      load(1, "T", APP, "C:\\Program Files\\Meadow\\a.dll", true),
    ],
  },
  {
    name: "a compiler and what it makes",
    events: [
      app(`/out:${HOME}src\\bin\\a.exe ${HOME}src\\a.quince`),
      file(2, "T", APP, `${HOME}src\\bin\\a.exe`),
      start(3, "C", `${OWN}link.exe`, `link.exe ${HOME}src\\a.obj`, "T", APP),
    ],
  },
  {
    name: "a text editor of Windows",
    events: [tool(`${HOME}notes.txt`), file(30, "T", TOOL, `${HOME}notes.txt`)],
  },
  {
    name: "a program that a user was asked to run by another name",
    events: [start(0, "T", `${S32}runas.exe`, "runas /user:adm cmd.exe"), child(`${S32}cmd.exe`)],
  },
  {
    name: "what no administrator installed",
    events: [app(`--plugin ${PUBLIC}a.dll`, `${HOME}own.exe`), load(1, "T", `${HOME}own.exe`, `${PUBLIC}a.dll`)],
  },
  {
    name: "a service of Linux that is told of its socket, and starts a shell",
    events: on(
      "linux",
      start(0, "T", "/usr/bin/quinced", "/usr/bin/quinced -address /run/quince.sock", "X"),
      start(1, "C", "/bin/sh", "/bin/sh -c true", "T", "/usr/bin/quinced"),
    ),
  },
  {
    name: "an item of the control panel that is handed on to its host",
    events: [tool("main.cpl @1"), child(`${S32}rundll32.exe`, "rundll32.exe Shell32.dll,Control_RunDLL main.cpl @1")],
  },
  {
    name: "a script of the domain that sets up a printer",
    events: [
      tool('/c "\\\\corp\\netlogon\\printers.cmd"'),
      child(`${S32}rundll32.exe`, "rundll32.exe printui.dll,PrintUIEntry /in /n \\\\corp\\p"),
    ],
  },
  {
    name: "a library that is loaded long after",
    events: [tool(`--plugin ${PUBLIC}a.dll`), load(3_000, "T", TOOL, `${PUBLIC}a.dll`)],
  },
];
