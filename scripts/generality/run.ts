import type { Catalog } from "../../src/catalog/catalog.ts";
import type { VectorFile } from "../../src/catalog/vectors.ts";
import { splitProgram } from "../../src/cmdline/windows/program.ts";
import type { Request } from "../../src/invocations/types.ts";
import { Dice } from "../../test/fuzz/random.ts";
import { type Case, caseOf } from "./cases.ts";
import { ask, difference, meaningOf } from "./judge.ts";
import { cutWords, type Words } from "./lines.ts";
import { type Rewrite, WINDOWS } from "./windows.ts";

export interface Miss {
  readonly rewriting: string;
  readonly behaviour: string;
  readonly plain: Request;
  readonly other: Request;
  readonly differs: readonly string[];
}

export interface Tally {
  readonly tried: Map<string, number>;
  readonly misses: Miss[];
}

/** What a shell would read before the program does; such lines are rewritten as a whole only. */
const SHELL = /[&|<>^%\n]|^\s*(?:set|start|call|for|echo|\.|&)\s/i;

const base = (path: string) =>
  path
    .replaceAll('"', "")
    .replace(/^.*[\\/]/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();

function windowsWords(one: Case): Words | undefined {
  const { entry, request } = one;
  const line = request.commandLine;
  if (line === undefined || SHELL.test(line) || entry.category === "shell") return undefined;
  const cut = splitProgram(line, request.image, request.as !== "logged");
  const own = [entry.name, ...entry.aliases].map(base).includes(base(cut.program.raw));
  if (!own && request.image === undefined && request.originalFileName === undefined) return undefined;
  if (/^[-/]/.test(cut.program.raw)) return undefined;
  return cutWords(one, cut.program.raw, cut.args);
}

export function tryCase(one: Case, name: string, rewrite: Rewrite, dice: Dice, catalog: Catalog, tally: Tally): void {
  const words = windowsWords(one);
  if (!words) return;
  const commandLine = [words.program, ...words.words.map(({ raw }) => raw)].join(" ");
  const made = rewrite(words, dice);
  if (made === undefined || made === commandLine) return;
  const plain: Request = { ...one.request, commandLine };
  const other: Request = { ...one.request, commandLine: made };
  tally.tried.set(name, (tally.tried.get(name) ?? 0) + 1);
  const differs = difference(meaningOf(ask(plain, catalog)), meaningOf(ask(other, catalog)), false);
  if (differs.length > 0) tally.misses.push({ rewriting: name, behaviour: one.behaviour, plain, other, differs });
}

export function runAll(files: readonly VectorFile[], catalog: Catalog, seed: number, share = 1): Tally {
  const tally: Tally = { tried: new Map(), misses: [] };
  let number = 0;
  for (const file of files)
    for (const vector of file.resolve) {
      const dice = new Dice(seed, number++);
      if (share < 1 && dice.below(1000) >= share * 1000) continue;
      const one = caseOf(file, vector, catalog, dice);
      if (!one || one.request.platform !== "windows") continue;
      for (const [name, rewrite] of Object.entries(WINDOWS)) tryCase(one, name, rewrite, dice, catalog, tally);
    }
  return tally;
}
