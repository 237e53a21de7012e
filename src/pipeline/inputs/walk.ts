import { type BigIntStats, existsSync, readdirSync, statSync } from "node:fs";
import { basename, sep } from "node:path";
import type { ErrorCode } from "../../errors.ts";
import { Glob } from "../../invocations/glob.ts";
import { reasonOf } from "../../model/reason.ts";

/** A file, as it was when it was found. */
export interface FoundFile {
  readonly kind: "file";
  readonly path: string;
  readonly name: string;
  readonly named: boolean;
  readonly stats: BigIntStats;
  /** Descriptor of a regular file that is open already, and that whoever opened it closes: its path may be another file's by now. */
  readonly open?: number;
}

/** Something to read, or something that cannot be. */
export type Found =
  | FoundFile
  | { readonly kind: "stdin"; readonly name: string }
  | {
      readonly kind: "problem";
      readonly name: string;
      readonly code: ErrorCode;
      readonly message: string;
      readonly named: boolean;
    };

/** Folders inside folders; deeper than any real tree, and a stop where links are not told apart. */
const DEEPEST = 200;

/** Paths in the order given, folders recursively in the order of names; each real file once. Links are followed. */
export function* walk(paths: readonly string[]): Generator<Found> {
  const walker = new Walker();
  for (const path of paths) {
    if (path === "-") yield walker.stdin();
    else yield* walker.named(path);
  }
}

class Walker {
  private readonly seen = new Set<string>();

  stdin(): Found {
    if (this.seen.has("-")) return problem("-", "input/duplicate", "standard input is read once", true);
    this.seen.add("-");
    return { kind: "stdin", name: "-" };
  }

  /** What stands on the command line: a folder without a file is a slip. */
  *named(path: string): Generator<Found> {
    let isEmpty = true;
    const paths = patternPaths(path);
    for (const one of paths) yield* this.visit(one, true, []);
    if (paths.length > 0) return;
    for (const found of this.visit(path, true, [])) {
      isEmpty = false;
      yield found;
    }
    if (isEmpty) yield problem(nameOf(path), "input/empty", "no file lies in it", true);
  }

  *visit(path: string, named: boolean, above: readonly string[]): Generator<Found> {
    const name = nameOf(path);
    let stats: BigIntStats;
    try {
      stats = statSync(path, { bigint: true });
    } catch (error) {
      yield failure(name, error, named);
      return;
    }
    const identity = `${stats.dev}:${stats.ino}`;
    const once = stats.isDirectory() || stats.isFile();
    if (above.includes(identity)) yield problem(name, "input/cycle", "a link leads back to a folder above", named);
    else if (once && this.seen.has(identity))
      yield problem(name, "input/duplicate", "reached before by another path", named);
    else {
      if (once) this.seen.add(identity);
      if (stats.isDirectory()) yield* this.folder(path, name, [...above, identity], named);
      else if (named || stats.isFile()) yield { kind: "file", path, name, named, stats };
      else yield problem(name, "input/unreadable", "neither a file nor a folder", false);
    }
  }

  private *folder(path: string, name: string, above: readonly string[], named: boolean): Generator<Found> {
    if (above.length > DEEPEST) {
      yield problem(name, "input/limit", `folders nested deeper than ${DEEPEST}`, named);
      return;
    }
    let entries: string[];
    try {
      entries = readdirSync(path).sort();
    } catch (error) {
      yield failure(name, error, named);
      return;
    }
    const prefix = path.endsWith("/") || path.endsWith(sep) ? path : `${path}${sep}`;
    for (const entry of entries) yield* this.visit(prefix + entry, false, above);
  }
}

/** What a pattern such as `logs\*.evtx` stands for: not every shell puts the files in its place. Only the last part may be one. */
function patternPaths(path: string): string[] {
  const last = basename(path);
  if (!/[*?]/.test(last) || existsSync(path)) return [];
  const pattern = new Glob(last.toLowerCase());
  const folder = path.slice(0, path.length - last.length);
  try {
    return readdirSync(folder || ".")
      .filter((name) => pattern.fits(name.toLowerCase()))
      .sort()
      .map((name) => folder + name);
  } catch {
    return [];
  }
}

const nameOf = (path: string): string => (sep === "\\" ? path.replaceAll("\\", "/") : path);

function problem(name: string, code: ErrorCode, message: string, named: boolean): Found {
  return { kind: "problem", name, code, message, named };
}

function failure(name: string, error: unknown, named: boolean): Found {
  const code = (error as NodeJS.ErrnoException).code;
  const missing = code === "ENOENT" || code === "ENOTDIR";
  return problem(name, missing ? "input/missing" : "input/unreadable", reasonOf(error), named);
}
