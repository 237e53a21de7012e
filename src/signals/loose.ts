import { classifyForm } from "../cmdline/normal/classify.ts";
import type { Platform } from "../model/event.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { isAtTop, placed, temporary, unusual, writable } from "./places.ts";
import type { Fact, Signal, Subject } from "./signal.ts";
import { acted, named } from "./text.ts";

/** Where nothing of Linux is at home, and what is said of what lies there. */
const ASTRAY: readonly (readonly [place: RegExp, says: string])[] = [
  [/^\/dev\/shm\//, "which lies in shared memory, where no programs are kept"],
  [/^\/(?:var\/)?tmp\/\.[^/]+(?:\/|$)/, "which is hidden among temporary files"],
];

/** A hidden folder of the system: no package has programs there, but links to what it was built of. */
const HIDDEN_IN_SYSTEM =
  /^\/(?:usr|bin|sbin|lib|lib32|lib64|etc|boot|dev)\/(?:[^/]+\/)*\.(?!bin\/|build-id\/|venv\/)[^/]+\/[^/]/;
const IS_HIDDEN_IN_SYSTEM = "which lies in a hidden folder of the system";

/** Where what a program keeps of its own lies, but no program. */
const AMONG_SETTINGS = /^(?:\/home\/[^/]+|\/root|~)\/\.(?:cache|config)\/[^.]+$/;
/** A cache keeps folders of programs; a script without an ending that lies beside these is nobody's. */
const BESIDE_CACHES = /^(?:\/home\/[^/]+|\/root|~)\/\.cache\/[^/.]+$/;
const IS_AMONG_SETTINGS = "which lies among the caches and settings of a user, where no programs are kept";

/** A file that listings leave out, without an ending; of that kind are settings, and scripts of projects have one. */
const HIDDEN = /^\S*\/\.[^/.\s]+(?:\s|$)/;
const IS_HIDDEN = "which is a hidden file";
const PROGRAMS = new Set(["executable", "command"]);

/** Loose in a temporary folder, without an extension: builds and installers use folders of their own, and scripts have endings. */
const LOOSE = /^\/(?:var\/)?tmp\/[^/.]+$/;
const IS_LOOSE = "which lies loose in a temporary folder, and has no ending";

/** Libraries have an ending: what has none is a folder in which they are looked for. */
const IS_FOLDER = "which is loose in a temporary one";
/** Folders in which everybody may make files. */
const OF_ALL = /^\/(?:(?:var\/)?tmp|dev\/shm)\/?$/;
const IS_OF_ALL = "into which anybody can put a file of any name";

/** A project is itself a folder, and is built in a temporary one as well. */
function astray(payload: Payload): string | undefined {
  if (payload.what === "package") return undefined;
  const path = resolvedOf(payload);
  const says = ASTRAY.find(([place]) => place.test(path))?.[1];
  if (says !== undefined) return says;
  if (PROGRAMS.has(payload.what)) {
    if (HIDDEN_IN_SYSTEM.test(path) && !path.startsWith("/usr/src/")) return IS_HIDDEN_IN_SYSTEM;
    if (AMONG_SETTINGS.test(path)) return IS_AMONG_SETTINGS;
    if (HIDDEN.test(payload.value) || HIDDEN.test(path)) return IS_HIDDEN;
  }
  if (payload.what === "script" && BESIDE_CACHES.test(path)) return IS_AMONG_SETTINGS;
  const isLibrary = payload.what === "library";
  if (isLibrary && OF_ALL.test(path)) return IS_OF_ALL;
  if (payload.what === "project" || !LOOSE.test(path)) return undefined;
  return isLibrary ? IS_FOLDER : IS_LOOSE;
}

/**
 * Folders of Windows into which software puts folders of its own, and which everybody can write to. What lies in them loose was put
 * there by hand, or by a program that had no better place.
 */
const LOOSE_OF_WINDOWS =
  /^(?:[a-z]:\\(?:programdata|perflogs|intel|\$recycle\.bin|users\\public(?:\\(?:documents|downloads|libraries|music|pictures|videos))?|users\\[^\\]+\\appdata\\(?:local|locallow|roaming)|windows\\(?:tasks|tracing|debug|debug\\wia))|%(?:public|programdata|allusersprofile|appdata|localappdata)%)\\[^\\]+$/i;

/** Libraries, of Java as well, are unpacked into folders; a single one in a temporary folder was dropped. */
const LOOSE_LIBRARY = /\\te?mp\\[^\\]+$/i;
const OF_JAVA = /\.jar$/i;

const COMES_LOOSE = new Set(["package", "document", "config"]);

/** The temporary folder itself: what unpacks itself there makes a folder of its own. */
const TEMPORARY = /^(?:[a-z]:\\(?:users\\[^\\]+\\appdata\\local\\temp|windows\\temp|te?mp)|%te?mp%)\\[^\\]+$/i;

/** Whether a program of Windows, by its full path, lies where software makes folders of its own. */
export function isLooseImage(path: string): boolean {
  return LOOSE_OF_WINDOWS.test(path) || TEMPORARY.test(path);
}

/** Whether something of Windows that executes lies in such a folder itself, or in one that Windows has for what is no program, and opens to all. */
export function isHomeless(payload: Payload): boolean {
  if (COMES_LOOSE.has(payload.what)) return false;
  const path = resolvedOf(payload);
  if (LOOSE_OF_WINDOWS.test(path) || TWIN.test(path)) return true;
  const { directoryClass, userWritable } = classifyForm(path, "windows");
  return directoryClass === "system" && userWritable;
}

/** A folder that differs by a blank from one which only administrators write to. */
const TWIN = /^[a-z]:\\(?:windows|program files(?: \(x86\))?) +\\/i;

/** Where anybody can lay down what others shall start, under whatever names it takes to look like work. */
const LAID_DOWN = {
  windows: /^(?:[a-z]:\\(?:users\\public|perflogs|\$recycle\.bin|windows\\(?:tasks|tracing|debug))|%public%)\\/i,
  linux: /^\/(?:dev\/shm\/|(?:var\/)?tmp\/\.)/,
};

/** Whether a file lies there. */
export const isLaidDown = (path: string, platform: Platform): boolean =>
  LAID_DOWN[platform === "windows" ? "windows" : "linux"].test(path);

/** Whether a program lies there, or loose where software has folders of its own: it bears the name of whatever is trusted. */
export const isStray = (path: string, platform: Platform): boolean =>
  isLaidDown(path, platform) || (platform === "windows" && LOOSE_OF_WINDOWS.test(path));

function windowsLoose(payload: Payload): number {
  if (isHomeless(payload) || isAtTop(payload)) return LOOSE_SHARE;
  const path = resolvedOf(payload);
  return (payload.what === "library" || OF_JAVA.test(path)) && LOOSE_LIBRARY.test(path) ? DROPPED_SHARE : 0;
}

const LOOSE_SHARE = 0.8;
const DROPPED_SHARE = 0.4;

/** The signal that tells the same less closely. */
function coveredBy(payload: Payload, subject: Subject): string | undefined {
  if (payload === temporary(subject)) return "temporary-place";
  if (payload === writable(subject)) return "writable-place";
  return payload === unusual(subject) ? "unusual-place" : undefined;
}

function linuxFact(subject: Subject): Fact | undefined {
  const payload = placed(subject).find((one) => astray(one.payload) !== undefined)?.payload;
  if (!payload) return undefined;
  const covers = coveredBy(payload, subject);
  return { text: `It ${acted(payload)}, ${astray(payload)}.`, ...(covers !== undefined && { covers }) };
}

function windowsFact(subject: Subject): Fact | undefined {
  const payload = placed(subject).find((one) => windowsLoose(one.payload) > 0)?.payload;
  if (!payload) return undefined;
  const share = windowsLoose(payload);
  const does = `It ${acted(payload)}`;
  const covers = coveredBy(payload, subject);
  if (covers === "temporary-place") {
    const whole = `${does}, which lies loose in a temporary folder.`;
    return { share, text: `${does}, which lies loose: what is unpacked has a folder of its own.`, covers, whole };
  }
  if (TWIN.test(resolvedOf(payload)))
    return {
      text: `${does} from a folder whose name ends in a blank, to be taken for another one.`,
      ...(covers && { covers }),
    };
  const text = isAtTop(payload)
    ? `${does} from the top of the folder of Windows, where no libraries are kept`
    : `${does} from a folder in which programs are not normally kept`;
  const whole = `${text}, and to which users can write.`;
  return { share, text: `${text}.`, ...(covers !== undefined && { covers, whole }) };
}

export const looseProgram: Signal = {
  id: "loose-program",
  group: "payloadForm",
  title: "A program lies where none is at home",
  needs: "runs",
  evaluate: (subject) => (subject.platform === "linux" ? linuxFact(subject) : windowsFact(subject)),
};

/** Techniques by which something is started again: with the machine, a session, a set time, or whatever else happens. */
const STARTS_AGAIN = /^T(?:1037|1053|1543|1546|1547)\b/;

/** A module of the kernel stays there until the machine stops, and is needed again when it has started. */
const INTO_KERNEL = "T1547.006";

/** Temporary folders of Linux, of which the systems empty most at every start. */
const EMPTIED = /^\/(?:(?:var\/)?tmp|dev\/shm)\//;

export const emptiedPlace: Signal = {
  id: "emptied-place",
  group: "payloadForm",
  title: "What is to start again lies where nothing stays",
  needs: "runs",
  evaluate({ platform, behaviour }) {
    if (platform !== "linux" || !behaviour.techniques.some((one) => STARTS_AGAIN.test(one))) return undefined;
    const payload = behaviour.runs.find((one) => EMPTIED.test(resolvedOf(one)));
    if (!payload) return undefined;
    if (behaviour.techniques.includes(INTO_KERNEL))
      return { text: `Modules of the kernel are kept where they last, and ${named(payload)} is not.` };
    return { text: `It is to start ${named(payload)} again and again, from a folder for temporary files.` };
  },
};
