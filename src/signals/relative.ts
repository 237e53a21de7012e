import { classifyForm, isInstalled } from "../cmdline/normal/classify.ts";
import { baseName } from "../invocations/glob.ts";
import type { Payload } from "../model/payload.ts";
import { first, isCalled, isScriptLike, writable } from "./places.ts";
import { isWorkedWith } from "./registered.ts";
import type { Signal, Subject } from "./signal.ts";
import { isBareAddress, named } from "./text.ts";
import { BUILT } from "./windows-folders.ts";
import { BESIDE_SHARE, isBesideShell, KEPT_SHARE } from "./windows-places.ts";

/** Whether the process works in a folder of the system or of installed software, where only administrators put files. */
const isKeptFromUsers = ({ currentDirectory = "", platform }: Subject): boolean =>
  currentDirectory !== "" && isInstalled(currentDirectory, platform);

/** A package by its name alone comes from wherever packages are kept; one in the working directory ends as a file of its kind. */
const isOfRepository = ({ what, value }: Payload): boolean => what === "package" && /^[^\\/.]+$/.test(value);

/** What carries out a function of a library, or opens one as a page of settings: such programs lie beside the libraries of Windows. */
const BESIDE_WINDOWS = new Set(["windows/rundll32", "windows/control"]);

/** Whether a use that is documented calls a library of Windows by its bare name. */
const isOfWindows = ({ invocation: { binary, entry, normal }, behaviour: { id } }: Subject): boolean =>
  BESIDE_WINDOWS.has(entry?.id ?? "") &&
  (!/[\\/]/.test(binary.path ?? "") || isInstalled(binary.path ?? "", "windows")) &&
  normal.some(
    ({ behaviours, runs }) => behaviours.includes(baseName(id)) && runs.includes("relative") && runs.includes("system"),
  );

/** A hidden file, or one in a hidden folder. */
const HIDDEN = /(?:^|\/)\.[^./]/;

/** Whether somebody of Linux works in a folder of his own, where files are called by their names. Libraries are not looked for there. */
function isOfWork(
  { what, value }: Payload,
  { platform, currentDirectory = "", behaviour: { behaviour } }: Subject,
): boolean {
  if (platform !== "linux" || what === "library" || HIDDEN.test(value)) return false;
  // Where the way itself is seldom used, a name makes it no more ordinary.
  if (behaviour.usual === "rare" || behaviour.usual === "hostile") return false;
  return classifyForm(currentDirectory, "linux").directoryClass !== "temp";
}

function relativeText(payload: Payload, subject: Subject): string {
  const { platform, behaviour } = subject;
  const { library } = behaviour.behaviour;
  if (isOfRepository(payload)) return `It names ${named(payload)} without saying where it comes from.`;
  if (/[\\/]/.test(payload.value))
    return `It names ${named(payload)} by a path from the working directory, which so decides what runs.`;
  const text = `It names ${named(payload)} without a folder`;
  if (payload.what !== "library") return `${text}, so the working directory decides what runs.`;
  if ((library !== undefined && isCalled(payload.value, library)) || isOfWindows(subject))
    return `${text}, as people do who type it: Windows has it in its own.`;
  // ld.so(8) asks the working directory only where a variable or the program says so, Windows after its own folders:
  // https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order
  const decides =
    platform === "windows" ? "the search path and the working directory decide" : "the search path decides";
  return `${text}, so ${decides} what is loaded.`;
}

export const relativePlace: Signal = {
  id: "relative-place",
  group: "payloadPlace",
  title: "The payload is named without a folder",
  needs: "runs",
  evaluate(subject) {
    if (isKeptFromUsers(subject)) return undefined;
    // A value that begins with a variable may well hold a folder; what it holds is not in the log.
    const payload = first(
      subject,
      (place, p) =>
        place.directoryClass === "relative" &&
        p.where !== "web" &&
        isScriptLike(p) &&
        !p.value.startsWith("$") &&
        !isBareAddress(p),
    );
    if (!payload) return undefined;
    const told = {
      text: relativeText(payload, subject),
      ...(payload === writable(subject) && { covers: "writable-place" }),
    };
    if (isBesideShell(payload, subject)) return { share: BESIDE_SHARE, ...told };
    if (isWorkedWith(payload, subject)) return { share: KEPT_SHARE, ...told };
    // Vendors write their installations down so, and scripts of administrators repeat it.
    const isUsual = payload.what === "package" || BUILT.test(payload.value) || isOfWork(payload, subject);
    return { share: isUsual ? KEPT_SHARE : 1, ...told };
  },
};
