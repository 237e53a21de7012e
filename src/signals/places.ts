import { classifyValue, type ValueClass } from "../cmdline/normal/classifyValue.ts";
import { reachOf } from "../cmdline/normal/reach.ts";
import type { Platform } from "../model/event.ts";
import type { Payload } from "../model/payload.ts";
import type { Signal, Subject } from "./signal.ts";
import { named } from "./text.ts";

/** Payloads whose place says something: those that execute and are named by a file. */
const EXECUTES = new Set([
  "library",
  "executable",
  "script",
  "scriptlet",
  "package",
  "installerInfo",
  "project",
  "assembly",
  "document",
  "command",
  "config",
]);

/** Payloads that run on the binary's behalf, with their place. */
export function placed(subject: Subject): readonly { payload: Payload; place: ValueClass }[] {
  return subject.behaviour.runs
    .filter((payload) => EXECUTES.has(payload.what) && payload.where !== "inline")
    .map((payload) => ({ payload, place: classifyValue(payload.resolved ?? payload.value, subject.platform) }));
}

function first(subject: Subject, test: (place: ValueClass, payload: Payload) => boolean): Payload | undefined {
  return placed(subject).find(({ place, payload }) => test(place, payload))?.payload;
}

const isScriptLike = (payload: Payload) => payload.what !== "command" && payload.what !== "executable";

/** What comes from another machine, out there or of the site. */
function remoteFrom(subject: Subject, reach: "internal" | "external"): string | undefined {
  const remote = [...subject.behaviour.runs, ...subject.behaviour.fetches].find((payload) => payload.remote);
  if (!remote || (reachOf(remote.resolved ?? remote.value, subject.domain) ?? "external") !== reach) return undefined;
  return `${named(remote)} ${remote.where === "web" ? "from the web" : "from a network share"}`;
}

export const remotePayload: Signal = {
  id: "remote-payload",
  group: "payloadPlace",
  title: "The payload comes from another machine",
  evaluate(subject) {
    const remote = remoteFrom(subject, "external");
    return remote === undefined ? undefined : { text: `It takes ${remote}.` };
  },
};

/** A server of the site is where administrators keep what they roll out. */
export const sitePayload: Signal = {
  id: "site-payload",
  group: "payloadPlace",
  title: "The payload comes from a server of the site",
  evaluate(subject) {
    const remote = remoteFrom(subject, "internal");
    return remote === undefined ? undefined : { text: `It takes ${remote}, on a server of the site.` };
  },
};

export const temporaryPlace: Signal = {
  id: "temporary-place",
  group: "payloadPlace",
  title: "The payload lies in a temporary folder",
  evaluate(subject) {
    const payload = first(subject, (place) => place.directoryClass === "temp");
    return payload && { text: `It runs ${named(payload)} out of a temporary folder.` };
  },
};

/**
 * Where no program of Linux is at home: shared memory, hidden folders of temporary ones, caches; and files without an extension that lie
 * loose in a temporary folder, where builds and installers use folders of their own and scripts have endings.
 */
const LOOSE =
  /^\/dev\/shm\/|^\/(?:var\/)?tmp\/(?:\.[^/]+(?:\/|$)|[^/.]+$)|^(?:\/home\/[^/]+|\/root|~)\/\.(?:cache|config)\/[^.]+$/;

export const looseProgram: Signal = {
  id: "loose-program",
  group: "payloadForm",
  title: "A program lies where none is at home",
  evaluate(subject) {
    if (subject.platform !== "linux") return undefined;
    const payload = placed(subject).find(
      ({ payload: one }) => one.what !== "package" && LOOSE.test(one.resolved ?? one.value),
    )?.payload;
    return payload && { text: `It runs ${named(payload)}, and programs do not lie there.` };
  },
};

/** Folders at the top of a drive in which administrators and developers keep what they run. Others may write there, too: half counts. */
const KEPT =
  /^(?:\\\\[?.]\\)?[a-z]:\\(?:apps|scripts?|jobs?|batch|deploy(?:ment)?|drivers?|sources?|src|builds?|projects?|projekte|repos|services|inetpub|agent|tools|software|packages)(?:\\|$)/i;

/** The part of the weight that a folder carries: what users run on Linux lies in their home, but seldom in a hidden folder of it. */
function shareOf(place: ValueClass, payload: Payload, platform: Platform): number {
  if (payload.what === "document" && DOCUMENTS.test(payload.value)) return DOCUMENTS_SHARE;
  if (platform === "windows") return place.directoryClass === "other" && KEPT.test(payload.value) ? KEPT_SHARE : 1;
  return place.directoryClass === "profile" && !payload.value.includes("/.") ? HOME_SHARE : 1;
}

/** Where people save what they have made; what they are sent lies in Downloads, on the desktop, and in temporary folders. */
const DOCUMENTS = /^[a-z]:\\users\\[^\\]+\\documents\\/i;

const DOCUMENTS_SHARE = 0.7;
const KEPT_SHARE = 0.4;
const HOME_SHARE = 0.6;

export const writablePlace: Signal = {
  id: "writable-place",
  group: "payloadPlace",
  title: "The payload lies where any user can write",
  evaluate(subject) {
    const payload = first(
      subject,
      (place) => place.userWritable && place.where === "local" && place.directoryClass !== "temp",
    );
    if (!payload) return undefined;
    const place = classifyValue(payload.resolved ?? payload.value, subject.platform);
    const share = shareOf(place, payload, subject.platform);
    return { share, text: `It runs ${named(payload)} from a folder that users can write to.` };
  },
};

export const unusualPlace: Signal = {
  id: "unusual-place",
  group: "payloadPlace",
  title: "The payload lies outside the places of installed software",
  evaluate(subject) {
    const payload = first(
      subject,
      (place, p) => place.directoryClass === "other" && p.where === "local" && !place.userWritable,
    );
    return payload && { text: `It runs ${named(payload)}, which is not in a folder of installed software.` };
  },
};

/** Whether the process works in a folder of the system or of installed software, where only administrators put files. */
function isKeptFromUsers({ currentDirectory, platform }: Subject): boolean {
  if (!currentDirectory) return false;
  const { directoryClass, userWritable } = classifyValue(currentDirectory, platform);
  return !userWritable && (directoryClass === "system" || directoryClass === "programFiles");
}

export const relativePlace: Signal = {
  id: "relative-place",
  group: "payloadPlace",
  title: "The payload is named without a folder",
  evaluate(subject) {
    if (isKeptFromUsers(subject)) return undefined;
    // A value that begins with a variable may well hold a folder; what it holds is not in the log.
    const payload = first(
      subject,
      (place, p) => place.directoryClass === "relative" && isScriptLike(p) && !p.value.startsWith("$"),
    );
    if (!payload) return undefined;
    const text = `It names ${named(payload)} without a folder, so the working directory decides what runs.`;
    // Vendors write their installations down so, and scripts of administrators repeat it.
    return payload.what === "package" ? { share: KEPT_SHARE, text } : { text };
  },
};

export const installedPlace: Signal = {
  id: "installed-place",
  group: "ordinary",
  title: "The payload is part of the system or of installed software",
  evaluate(subject) {
    // Where the way itself is seldom used, an innocent target makes it no more ordinary: it may be a first try.
    const { usual } = subject.behaviour.behaviour;
    if (usual === "rare" || usual === "hostile") return undefined;
    const all = placed(subject);
    const installed = all.filter(
      ({ place }) => place.directoryClass === "system" || place.directoryClass === "programFiles",
    );
    const [one] = installed;
    if (!one || installed.length < all.length) return undefined;
    return { text: `It runs ${named(one.payload)} from a folder that only administrators can write to.` };
  },
};
