import { classifyValue, isInstalled } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Event, FileCreation, ModuleLoad, NetworkConnection, ProcessCreation } from "../../model/event.ts";
import { sourceOf } from "../refs.ts";
import { argumentsOf } from "./line.ts";
import { hostNamed, namesFile, partsOf } from "./names.ts";
import { openedBy } from "./opened.ts";
import type { Argument, Line, Link, Surroundings } from "./types.ts";

type Found = Pick<Link, "act" | "role" | "what" | "text" | "option" | "path" | "effect">;

const parsed = new WeakMap<Line, readonly Argument[]>();

/** The arguments of a line, split once for all effects of its process. */
function argumentsIn(line: Line): readonly Argument[] {
  let found = parsed.get(line);
  if (!found) {
    found = argumentsOf(line);
    parsed.set(line, found);
  }
  return found;
}

/** The first piece of an argument that names something; the program's own name is not one. */
function first(line: Line, test: (part: string) => boolean): Argument | undefined {
  const own = { platform: line.platform, cwd: line.cwd, implied: line.platform === "windows" ? ".exe" : "" };
  for (const { text, option } of argumentsIn(line))
    for (const part of partsOf(text))
      if (test(part) && !namesFile(part, line.image, own)) return { text: part, option };
  return undefined;
}

/** Tests for the folder of a file that lies outside the places of installed software. */
function inFolder({ platform }: Line, path: string): (part: string) => boolean {
  const file = identity(path, platform);
  const folder = file.slice(0, Math.max(0, file.length - baseName(file).length - 1));
  if (isInstalled(file, platform)) return () => false;
  return (part) => /[\\/]./.test(part) && identity(part, platform).replace(/[\\/]$/, "") === folder;
}

function ofLoad(line: Line, { module }: ModuleLoad): Found | undefined {
  if (module === undefined) return undefined;
  const { platform, cwd } = line;
  const found =
    first(line, (part) => namesFile(part, module, { platform, cwd, implied: ".dll" })) ??
    first(line, inFolder(line, module));
  return found && { act: "load", role: "runs", what: "library", ...found, path: module, effect: module };
}

function ofChild(line: Line, { image, args }: ProcessCreation): Found | undefined {
  if (image === undefined) return undefined;
  const { platform, cwd } = line;
  // A program of Linux is often a link to another, and goes by the link's name.
  const names = platform === "windows" || args?.[0] === undefined ? [image] : [image, args[0]];
  const naming = { platform, cwd, implied: platform === "windows" ? ".exe" : "" };
  const found = first(line, (part) => names.some((name) => namesFile(part, name, naming)));
  return found && { act: "start", role: "runs", what: "executable", ...found, path: image, effect: image };
}

function ofFile(line: Line, { path, action }: FileCreation): Found | undefined {
  if (path === undefined || action === "delete" || action === "stream") return undefined;
  const { platform, cwd } = line;
  const found =
    first(line, (part) => /[\\/.]/.test(part) && namesFile(part, path, { platform, cwd, implied: "" })) ??
    first(line, inFolder(line, path));
  const what = kindOf(classifyValue(path, platform).extension);
  return found && { act: "write", role: "writes", what, ...found, path, effect: path };
}

function ofConnection(line: Line, event: NetworkConnection): Found | undefined {
  if (event.initiated === false) return undefined;
  const hosts = [event.destinationHost, event.destinationIp, event.query].flatMap((one) => one?.toLowerCase() ?? []);
  const found = hosts.length === 0 ? undefined : first(line, (part) => hostNamed(part, hosts));
  return found && { act: "fetch", role: "fetches", what: "document", ...found, effect: hosts[0] as string };
}

function namedBy(line: Line, event: Event): Found | undefined {
  switch (event.kind) {
    case "moduleLoad":
      return ofLoad(line, event);
    case "processCreation":
      return ofChild(line, event);
    case "fileCreation":
      return ofFile(line, event);
    case "networkConnection":
      return ofConnection(line, event);
    default:
      return undefined;
  }
}

/**
 * The argument of a process that names what an event says it did, or that it was given to run before it did it; undefined where none
 * does.
 */
export function linkOf(line: Line, event: Event, around?: Surroundings): Link | undefined {
  const opened = openedBy(line, argumentsIn(line), event, around);
  // What stands in code is named by the code, not by the argument; and an engine is there for what it runs.
  const isOpened = opened?.what === "inlineCode" || opened?.by === "engine";
  const found = isOpened ? opened : (namedBy(line, event) ?? opened);
  return found && { ...found, kind: event.kind, source: sourceOf(event), time: event.time };
}
