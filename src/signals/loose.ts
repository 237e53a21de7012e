import type { Payload } from "../model/payload.ts";
import { isAtTop, placed, temporary, writable } from "./places.ts";
import type { Fact, Signal, Subject } from "./signal.ts";
import { acted, named } from "./text.ts";

/** Where nothing of Linux is at home: shared memory, hidden folders of temporary ones, caches. */
const HIDDEN =
  /^\/dev\/shm\/|^\/(?:var\/)?tmp\/\.[^/]+(?:\/|$)|^(?:\/home\/[^/]+|\/root|~)\/\.(?:cache|config)\/[^.]+$/;

/** Loose in a temporary folder, without an extension: builds and installers use folders of their own, and scripts have endings. */
const LOOSE = /^\/(?:var\/)?tmp\/[^/.]+$/;

/** A project is itself a folder, and is built in a temporary one as well. */
function isAstray({ what, value, resolved = value }: Payload): boolean {
  return what !== "package" && (HIDDEN.test(resolved) || (what !== "project" && LOOSE.test(resolved)));
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

/** Whether something of Windows that executes lies in such a folder itself. */
export function isHomeless({ what, value, resolved = value }: Payload): boolean {
  return !COMES_LOOSE.has(what) && LOOSE_OF_WINDOWS.test(resolved);
}

function windowsLoose(payload: Payload): number {
  if (isHomeless(payload) || isAtTop(payload)) return LOOSE_SHARE;
  const { what, value, resolved = value } = payload;
  return (what === "library" || OF_JAVA.test(resolved)) && LOOSE_LIBRARY.test(resolved) ? DROPPED_SHARE : 0;
}

const LOOSE_SHARE = 0.8;
const DROPPED_SHARE = 0.4;

/** A temporary folder is told of by itself, too. */
function looseInTemporary(payload: Payload, share: number, platform: Subject["platform"]): Fact {
  const does = `It ${acted(payload)}`;
  const covers = "temporary-place";
  if (platform === "windows" && /\.\w+$/.test(payload.resolved ?? payload.value)) {
    const text = `${does}, which lies loose in a temporary folder: what is unpacked there has a folder of its own.`;
    return { share, text, covers };
  }
  const whole = `${does} from a temporary folder, in which programs are not normally kept.`;
  return { share, text: `${does} from a folder in which programs are not normally kept.`, covers, whole };
}

export const looseProgram: Signal = {
  id: "loose-program",
  group: "payloadForm",
  title: "A program lies where none is at home",
  needs: "runs",
  evaluate(subject) {
    const looseness = subject.platform === "linux" ? (one: Payload) => (isAstray(one) ? 1 : 0) : windowsLoose;
    const payload = placed(subject).find((one) => looseness(one.payload) > 0)?.payload;
    if (!payload) return undefined;
    const share = looseness(payload);
    if (payload === temporary(subject)) return looseInTemporary(payload, share, subject.platform);
    const text = isAtTop(payload)
      ? `It ${acted(payload)} from the top of the folder of Windows, where no libraries are kept`
      : `It ${acted(payload)} from a folder in which programs are not normally kept`;
    const whole = payload === writable(subject) ? `${text}, and to which users can write.` : undefined;
    return { share, text: `${text}.`, ...(whole !== undefined && { covers: "writable-place", whole }) };
  },
};

/** Techniques by which something is started again: with the machine, a session, a set time, or whatever else happens. */
const STARTS_AGAIN = /^T(?:1037|1053|1543|1546|1547)\b/;

/** Temporary folders of Linux, of which the systems empty most at every start. */
const EMPTIED = /^\/(?:(?:var\/)?tmp|dev\/shm)\//;

export const emptiedPlace: Signal = {
  id: "emptied-place",
  group: "payloadForm",
  title: "What is to start again lies where nothing stays",
  needs: "runs",
  evaluate({ platform, behaviour }) {
    if (platform !== "linux" || !behaviour.techniques.some((one) => STARTS_AGAIN.test(one))) return undefined;
    const payload = behaviour.runs.find(({ value, resolved = value }) => EMPTIED.test(resolved));
    return payload && { text: `It is to start ${named(payload)} again and again, from a folder for temporary files.` };
  },
};
