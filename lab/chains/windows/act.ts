import type { LabEvent, Proc, Truth } from "../../world/events.ts";
import { type Program, program, wow64 } from "../../world/programs.ts";
import { fileName, type Session } from "../../world/session.ts";
import { label } from "../chain.ts";
import { callOut, child, drop, entry, fetchFrom, renamed, throughShell } from "./delivery.ts";

/** One run of a binary on behalf of somebody. */
export interface Act {
  /** Arguments, as they follow the program's name. */
  readonly args: string;
  readonly payload: string | null;
  readonly kind: Truth["kind"];
  readonly technique: string;
  readonly scope?: Truth["scope"];
  readonly also?: readonly string[];
  readonly note: string;
  /** Files that are written before. */
  readonly drops?: readonly string[];
  /** Web addresses that the binary fetches. */
  readonly fetches?: readonly string[];
  /** Libraries of Windows, and the payload, that the binary loads. */
  readonly loads?: readonly (string | Program)[];
  /** Files that it leaves behind. */
  readonly writes?: readonly string[];
  readonly outcome?: Truth["outcome"];
  /** Registry values that are set before, by whoever starts it. */
  readonly sets?: readonly (readonly [path: string, value: string])[];
  readonly parent?: Proc;
  /** Whether the payload starts something; by default it does more often than not. */
  readonly silent?: boolean;
}

/** How a program's name is written: as typed, in full, quoted, without its extension, in another case, or under another name. */
function naming(s: Session, name: string): { readonly file: Program; readonly text: string } {
  const known = program(name);
  if (s.random.chance(0.05)) {
    const file = renamed(s, name);
    return { file, text: s.random.chance(0.5) ? fileName(file.image) : `"${file.image}"` };
  }
  const file = s.random.chance(0.15) && known.image.includes("\\System32\\") ? wow64(name) : known;
  const text = s.random.pick([
    () => `"${file.image}"`,
    () => file.image,
    () => name,
    () => name.replace(/\.exe$/i, ""),
    () => (s.random.chance(0.5) ? name.toUpperCase() : name.toLowerCase()),
  ])();
  return { file, text };
}

function moduleOf(file: string | Program): string | Program {
  if (typeof file !== "string" || file.includes("\\")) return file;
  return {
    ...program("svchost.exe"),
    image: `C:\\Windows\\System32\\${file}`,
    originalFileName: file.toUpperCase(),
    description: file,
  };
}

/** What is seen after the start, in order. */
function consequences(s: Session, proc: Proc, act: Act): LabEvent[] {
  const after: LabEvent[] = [];
  for (const module of act.loads ?? []) after.push(s.load(proc, moduleOf(module)));
  for (const url of act.fetches ?? []) after.push(fetchFrom(s, proc, url));
  for (const path of act.writes ?? []) after.push(s.file(proc, path));
  if (!act.silent && s.random.chance(0.8)) after.push(child(s, proc));
  if (s.random.chance(0.3)) after.push(callOut(s, proc));
  return after;
}

/** Delivery, the binary itself, and what follows from it. */
export function perform(s: Session, name: string, act: Act): Proc {
  const first = act.parent ?? entry(s);
  for (const path of act.drops ?? []) drop(s, first, path);
  for (const [path, value] of act.sets ?? []) s.registry(first, path, value);
  const { file, text } = naming(s, name);
  const line = `${text} ${act.args}`.trimEnd();
  const { parent, wrappers } = throughShell(s, first, line);
  const proc = s.spawn(parent, file, line, { directory: s.random.pick([`${s.home}\\`, "C:\\Windows\\System32\\"]) });
  const { payload, kind, technique, also, note } = act;
  const remote = payload !== null && /^(?:https?:|\\\\)/i.test(payload);
  const after = consequences(s, proc, act);
  const truth = {
    payload,
    kind,
    technique,
    note,
    remote,
    ...(also ? { also } : {}),
    ...(act.scope ? { scope: act.scope } : {}),
    ...(act.outcome ? { outcome: act.outcome } : {}),
  };
  label(s, { parent, proc, truth, after, wrappers });
  return proc;
}

/** Ways to write a path that name the same file. */
const REWRITINGS: readonly ((path: string) => string)[] = [
  (path) => path.replace(/^C:\\/, "C:\\Windows\\..\\"),
  (path) => path.replaceAll("\\", "\\\\").replace(/^\\\\\\\\/, "\\\\"),
  (path) => `\\\\?\\${path}`,
  (path) => path.replace(/^C:\\/, "\\\\localhost\\c$\\"),
  (path) => path.toUpperCase(),
  (path) => path.replace(/\\(?=[^\\]+$)/, "\\.\\"),
];

/** A path as it is written in a command line: sometimes another way, sometimes in quotes, always where it holds a blank. */
export function written(s: Session, plain: string): string {
  const path = /^[A-Z]:/.test(plain) && s.random.chance(0.08) ? s.random.pick(REWRITINGS)(plain) : plain;
  return path.includes(" ") || s.random.chance(0.3) ? `"${path}"` : path;
}

/** An option in one of the spellings that the program takes. */
export function option(s: Session, name: string): string {
  const spelt = s.random.chance(0.2) ? name.toUpperCase() : name;
  return (s.random.chance(0.3) ? "-" : "/") + spelt;
}
