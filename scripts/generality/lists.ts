import type { Catalog } from "../../src/catalog/catalog.ts";
import type { Request } from "../../src/invocations/types.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { Dice } from "../../test/fuzz/random.ts";
import { judgeVector, type Vector } from "../evaluate/vectors.ts";
import { attempts } from "./attempts.ts";
import { type Case, standsAlone, takesBlanks } from "./cases.ts";
import { DECOY } from "./decoys.ts";
import { fresh } from "./fill.ts";
import { ask, meaningOf } from "./judge.ts";

/** A line of a list, written anew, whose payloads were not found. */
interface ListMiss {
  readonly id: string;
  readonly rewriting: string;
  readonly request: Request;
  readonly problems: readonly string[];
}

export interface ListTally {
  /** How often each rewriting was tried. */
  readonly tried: ReadonlyMap<string, number>;
  readonly misses: readonly ListMiss[];
}

/** A value for a place in a line, and how it is written there. */
type Choose = (text: string, line: string, dice: Dice) => { value: string; written: string } | undefined;

const LOCAL = /^[A-Za-z]:\\[^:*]+\.\w+$/;
const isWord = (line: string, text: string) => ` ${line} `.split(` ${text} `).length === ` ${line} `.split(text).length;

/** What may stand where a payload does: the same kind elsewhere; a path with blanks in quotes; a share. */
const CHOICES: Readonly<Record<string, Choose>> = {
  fresh: (text, line, dice) => {
    const windows = line.includes(`"${text}"`);
    const value = fresh(text, dice, {
      blanks: takesBlanks(line, text),
      ampersands: windows && !/[;(]|cmd|powershell/i.test(line),
      programs: true,
    });
    return value === undefined ? undefined : { value, written: value };
  },
  quotedBlanks: (text, line, dice) => {
    if (!LOCAL.test(text) || !isWord(line, text)) return undefined;
    const value = fresh(text, dice, { blanks: true, ampersands: false });
    return value === undefined ? undefined : { value, written: value.includes(" ") ? `"${value}"` : value };
  },
  otherShare: (text, _, dice) => {
    if (!LOCAL.test(text)) return undefined;
    const value = fresh(`\\\\a\\b\\${text.replace(/^.*\\/, "")}`, dice, { blanks: false, ampersands: false });
    return value === undefined ? undefined : { value, written: value };
  },
};

/** The line with other values where its payloads stand; undefined where none of them can be chosen freely. */
function filled(vector: Vector, choose: Choose, dice: Dice): Vector | undefined {
  const texts = [...new Set([...vector.expect, ...(vector.expectRuns ?? [])])].sort((a, b) => b.length - a.length);
  let made = vector;
  for (const text of texts) {
    const line = made.commandLine;
    const chosen = standsAlone(line, text) ? choose(text, line, dice) : undefined;
    if (chosen === undefined) continue;
    const put = (one: string) => one.split(text).join(chosen.value);
    made = {
      ...made,
      commandLine: line.split(text).join(chosen.written),
      expect: made.expect.map(put),
      ...(made.expectRuns && { expectRuns: made.expectRuns.map(put) }),
    };
  }
  return made === vector ? undefined : made;
}

const requestOf = ({ commandLine, platform }: Vector): Request => ({
  commandLine,
  platform: platform as NonNullable<Request["platform"]>,
});

/** What an answer lacks, or holds without being asked. */
function problemsOf(vector: Vector, request: Request, catalog: Catalog): readonly string[] {
  const answer = ask(request, catalog);
  const commandLine = request.commandLine ?? (request.args ?? []).join(" ");
  const { found, runs, missing, wholeLine } = judgeVector({ ...vector, commandLine }, answer);
  const taken = [...meaningOf(answer, true)].filter((act) => DECOY.test(act));
  return [
    ...missing.map((text) => `no ${text}`),
    ...(runs === false ? [`does not run ${vector.expectRuns?.join(", ")}`] : []),
    ...(wholeLine ? ["takes the whole line for a payload"] : []),
    ...taken.map((act) => `took a decoy for ${act}`),
    ...(found === undefined && runs === undefined ? ["expects nothing"] : []),
  ];
}

/** The line as a case of the entry that it begins with, so that it can be written in all ways that its program accepts. */
function caseOf(vector: Vector, catalog: Catalog): Case | undefined {
  const request = requestOf(vector);
  const [first] = explain(request, catalog).resolution.invocations;
  if (!first?.entry) return undefined;
  const behaviour = first.behaviours[0]?.id ?? first.entry.id;
  return { entry: first.entry, behaviour, request, wanted: [], filled: true };
}

/** Tries the lines of a list with fresh payloads, and each of those that are understood in every way of writing that fits it. */
export function runList(vectors: readonly Vector[], catalog: Catalog, seed: number): ListTally {
  const tried = new Map<string, number>();
  const misses: ListMiss[] = [];
  const judged = (vector: Vector, rewriting: string, request: Request): boolean => {
    tried.set(rewriting, (tried.get(rewriting) ?? 0) + 1);
    const problems = problemsOf(vector, request, catalog);
    if (problems.length > 0) misses.push({ id: vector.id, rewriting, request, problems });
    return problems.length === 0;
  };
  vectors.forEach((vector, number) => {
    const dice = new Dice(seed, number);
    for (const [name, choose] of Object.entries(CHOICES)) {
      const made = vector.expect.length > 0 ? filled(vector, choose, dice) : undefined;
      if (!made || !judged(made, name, requestOf(made)) || name !== "fresh") continue;
      const one = caseOf(made, catalog);
      for (const { rewriting, other } of one ? attempts(one, dice) : []) judged(made, rewriting, other);
    }
  });
  return { tried, misses };
}
