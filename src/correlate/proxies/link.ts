import { identity } from "../../cmdline/normal/identity.ts";
import { isOption } from "../../cmdline/normal/optionFold.ts";
import { hostOf } from "../../cmdline/normal/reach.ts";
import { splitProgram } from "../../cmdline/windows/program.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Event, Platform } from "../../model/event.ts";
import type { PayloadWhat, Role } from "../../model/payload.ts";

/** A process start, as far as its arguments are asked for. */
export interface Line {
  readonly image: string;
  readonly platform: Platform;
  readonly commandLine?: string;
  readonly args?: readonly string[];
}

/** An argument that names what its process then loaded, started, wrote or was connected to. */
export interface Link {
  readonly role: Exclude<Role, "reads">;
  readonly what: PayloadWhat;
  /** The name as the argument has it. */
  readonly text: string;
  /** The option that carries it, `/load:` or `--plugin`; undefined for an operand. */
  readonly option: string | undefined;
}

interface Candidate {
  readonly text: string;
  readonly option: string | undefined;
}

/** Most arguments that are looked at, and the longest. */
const MAX_WORDS = 64;
const MAX_WORD = 1024;

const ATTACHED = /^([-/]{1,2}[\w?][\w.-]{0,40}[:=])(.+)$/;

function wordsOf({ commandLine, args, image, platform }: Line): readonly string[] {
  if (args) return args.slice(1);
  if (commandLine === undefined) return [];
  if (platform !== "windows") return commandLine.trim().split(/\s+/).slice(1);
  return splitProgram(commandLine, image, false).args.map(({ value }) => value);
}

/** Every argument that may name something, with the option before it or around it. */
function candidates(line: Line): readonly Candidate[] {
  const words = wordsOf(line).slice(0, MAX_WORDS);
  const isName = (word: string) => (line.platform === "windows" ? isOption(word) : word.startsWith("-"));
  return words.flatMap((word, index): Candidate[] => {
    if (word === "" || word.length > MAX_WORD) return [];
    const attached = ATTACHED.exec(word);
    if (attached?.[2] !== undefined) return [{ text: attached[2], option: attached[1] }];
    const before = words[index - 1];
    if (isName(word) && !word.slice(1).includes("/")) return [];
    return [
      { text: word, option: before !== undefined && isName(before) && !ATTACHED.test(before) ? before : undefined },
    ];
  });
}

/** Whether an argument names a file: by its path, or by its name where it says no folder. */
function namesFile(text: string, path: string, platform: Platform, implied: string): boolean {
  const bare = text.split(",", 1)[0] ?? text;
  const wanted = identity(bare, platform);
  if (wanted === "") return false;
  const found = identity(path, platform);
  if (wanted === found) return true;
  const base = baseName(found);
  if (/[\\/]/.test(wanted))
    return found.endsWith(wanted.replace(/^\.{1,2}(?=[\\/])/, "")) && /^\.{1,2}[\\/]/.test(wanted);
  // A name must say more than a word does, or it would be found by chance.
  return wanted.length > 3 && (wanted === base ? /\.\w/.test(wanted) : wanted + implied === base);
}

function namesHost(text: string, hosts: readonly (string | undefined)[]): boolean {
  const host = hostOf(text);
  return host !== undefined && hosts.some((one) => one?.toLowerCase() === host);
}

const named = (
  line: Line,
  role: Link["role"],
  what: PayloadWhat,
  test: (text: string) => boolean,
): Link | undefined => {
  const own = identity(line.image, line.platform);
  const found = candidates(line).find(({ text }) => test(text) && identity(text, line.platform) !== own);
  return (
    found && { role, what, ...found, text: role === "runs" ? (found.text.split(",", 1)[0] ?? found.text) : found.text }
  );
};

/** The argument of a process that names what an event says it did; undefined where none does. */
export function linkOf(line: Line, event: Event): Link | undefined {
  const { platform } = line;
  switch (event.kind) {
    case "moduleLoad": {
      const path = event.module;
      return path === undefined
        ? undefined
        : named(line, "runs", "library", (text) => namesFile(text, path, platform, ".dll"));
    }
    case "processCreation": {
      const path = event.image;
      return path === undefined
        ? undefined
        : named(line, "runs", "executable", (text) =>
            namesFile(text, path, platform, platform === "windows" ? ".exe" : ""),
          );
    }
    case "fileCreation": {
      const path = event.path;
      if (path === undefined || event.action === "delete") return undefined;
      return named(line, "writes", "document", (text) => /[\\/]/.test(text) && namesFile(text, path, platform, ""));
    }
    case "networkConnection": {
      if (event.initiated === false) return undefined;
      const hosts = [event.destinationHost, event.destinationIp, event.query];
      return named(line, "fetches", "document", (text) => namesHost(text, hosts));
    }
    default:
      return undefined;
  }
}
