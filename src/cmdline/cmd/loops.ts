import { splitArguments } from "../windows/tokens.ts";
import { printedBy } from "./printed.ts";
import type { Variables } from "./variables.ts";

/** How many rounds of a loop are gone through. */
const MAX_ROUNDS = 200;

/** Head of a `for`: everything before `do`. */
export interface Loop {
  /** Letter of its variable. */
  readonly variable: string;
  /** Values of each round, one for each token asked for; empty where they cannot be known from the text. */
  readonly rounds: readonly (readonly string[])[];
  /** Command whose output `for /f` reads. */
  readonly command: string | undefined;
  /** File whose lines `for /f` reads. */
  readonly file?: string;
  /** The values are cut out of what every Windows prints. */
  readonly isCommonplace?: boolean;
}

const HEAD = /^[\s,;=]*(?:\/([a-z])\b[\s,;=]*)?(.*?)[\s,;=]*%{1,2}([^\s%])[\s,;=]+in[\s,;=]*$/is;
const LONGEST_HEAD = 256;

function countingRounds(list: string): string[][] {
  const [from = 0, step = 0, to = 0] = list.split(/[,\s]+/).map((part) => Number.parseInt(part, 10) || 0);
  const rounds: string[][] = [];
  if (step === 0) return rounds;
  for (let value = from; step > 0 ? value <= to : value >= to; value += step) {
    if (rounds.push([String(value)]) >= MAX_ROUNDS) break;
  }
  return rounds;
}

/** As many as cmd knows. https://learn.microsoft.com/windows-server/administration/windows-commands/for */
const MAX_TOKENS = 31;

/** Numbers of `tokens=1,3-4,*`; the star stands for the rest. */
function wantedTokens(options: string): (number | "*")[] {
  const list = /tokens=([0-9,*-]{1,64})/i.exec(options)?.[1] ?? "1";
  const wanted: (number | "*")[] = [];
  for (const part of list.split(",")) {
    const [from, to] = part.replace("*", "").split("-").map(Number);
    for (let number = from || 1; from && number <= Math.min(to || from, MAX_TOKENS); number++) wanted.push(number);
    if (part.includes("*")) wanted.push("*");
  }
  return wanted;
}

/** Cuts a line as `for /f` does. */
function cutLine(line: string, options: string): string[] {
  const delimiters = /delims=([^"]{0,32}?)(?:\s+(?:tokens|eol|skip|usebackq)\b|"|$)/i.exec(options)?.[1] ?? " \t";
  const pieces: { start: number; text: string }[] = [];
  let start = -1;
  for (let at = 0; at <= line.length; at++) {
    const inside = at < line.length && !delimiters.includes(line[at]!);
    if (inside && start < 0) start = at;
    if (!inside && start >= 0) {
      pieces.push({ start, text: line.slice(start, at) });
      start = -1;
    }
  }
  let last = 0;
  return wantedTokens(options).map((wanted) => {
    if (wanted === "*") return pieces[last] ? line.slice(pieces[last]!.start) : "";
    last = wanted;
    return pieces[wanted - 1]?.text ?? "";
  });
}

/** Whether a letter is that of a loop, or one of those that stand for its further tokens. */
export const isOfLoop = (letter: string, variable: string): boolean => {
  const further = letter.charCodeAt(0) - variable.charCodeAt(0);
  return letter.length === 1 && further >= 0 && further < MAX_TOKENS;
};

/** What is left of a text for the cmd that carries it out: the first has taken one layer of carets off it. */
const uncareted = (text: string): string =>
  text.replace(/"[^"]*"?|\^([\s\S])/g, (whole, escaped?: string) => escaped ?? whole);

function readingLoop(variable: string, options: string, list: string, variables: Variables): Loop {
  const text = list.trim();
  const backquotes = /usebackq/i.test(options);
  const [first, last] = [text[0], text.length > 1 ? text.at(-1) : undefined];
  const inner = text.slice(1, -1);
  if (first === last && first === (backquotes ? "`" : "'")) {
    const command = uncareted(inner);
    const printed = printedBy(command, variables);
    const skipped = Number(/\bskip=(\d{1,4})/i.exec(options)?.[1] ?? 0);
    const rounds = (printed?.lines ?? []).slice(skipped).map((line) => cutLine(line, options));
    return { variable, rounds, command, ...(printed?.isCommonplace && { isCommonplace: true }) };
  }
  const literal = first === last && first === (backquotes ? "'" : '"');
  if (literal) return { variable, rounds: [cutLine(inner, options)], command: undefined };
  const [file] = splitArguments(text.slice(0, 8192));
  return { variable, rounds: [], command: undefined, ...(file && { file: file.raw }) };
}

/** The folder whose tree `for /r` goes through, with or without `/d`; undefined where it is the working folder. */
function treeOf(kind: string | undefined, options: string): string | undefined {
  const written = kind === "r" ? options.replace(/^\/d\b\s*/i, "") : /^\/r\b\s*(.*)$/is.exec(options)?.[1];
  return kind === "r" || kind === "d" ? written?.replaceAll('"', "") || undefined : undefined;
}

/** A file of the set in the folder that a loop goes through: it is named with its folder, without quotes. */
function within(root: string, item: string): string {
  const name = item.replaceAll('"', "");
  return /^(?:[a-z]:|[\\/])/i.test(name) ? item : `${root.replace(/[\\/]$/, "")}\\${name}`;
}

/**
 * Reads the head of a `for`.
 * @param head Text between `for` and the list, such as `/f "tokens=2" %i in`.
 * @param list Text between the parentheses.
 * @param variables What `set` shows.
 */
export function readLoop(head: string, list: string, variables: Variables): Loop | undefined {
  const match = head.length <= LONGEST_HEAD ? HEAD.exec(uncareted(head)) : null;
  if (!match) return undefined;
  const kind = match[1]?.toLowerCase();
  const variable = match[3]!;
  if (kind === "f") return readingLoop(variable, match[2]!, list, variables);
  if (kind === "l") return { variable, rounds: countingRounds(list), command: undefined };
  const items = splitArguments(list.replace(/[,;=]/g, " ").slice(0, 8192)).slice(0, MAX_ROUNDS);
  const root = treeOf(kind, match[2]!);
  return {
    variable,
    rounds: items.map(({ raw }) => [root === undefined ? raw : within(root, raw)]),
    command: undefined,
  };
}

function modified(value: string, letters: string): string {
  const bare = value.replaceAll('"', "");
  const slash = Math.max(bare.lastIndexOf("\\"), bare.lastIndexOf("/")) + 1;
  const dot = bare.lastIndexOf(".");
  const end = dot >= slash ? dot : bare.length;
  if (!/[dpnx]/i.test(letters)) return bare;
  const folder = /[dp]/i.test(letters) ? bare.slice(0, slash) : "";
  const name = /n/i.test(letters) ? bare.slice(slash, end) : "";
  return folder + name + (/x/i.test(letters) ? bare.slice(end) : "");
}

/**
 * The body of a loop in one round: `%i`, `%%i`, `%~nxi` replaced; further tokens take the following letters. A loop within that has
 * the same letter gives it values of its own.
 */
export function bodyOfRound(body: string, variable: string, values: readonly string[]): string {
  const first = variable.codePointAt(0)!;
  const inner = new Set<string>();
  return body.replace(/%{1,2}(?:~([a-z$]{0,6}))?([^\s%~])/gi, (whole, letters?: string, letter = "", at = 0) => {
    if (/^\s{1,8}in\s{0,8}\(/i.test(body.slice(at + whole.length, at + whole.length + 20))) inner.add(letter);
    if (inner.has(letter)) return whole;
    for (const [name, mods] of [
      [letter, letters],
      [letters?.at(-1) ?? "", letters?.slice(0, -1)],
    ] as const) {
      const value = name.length === 1 ? values[name.codePointAt(0)! - first] : undefined;
      if (value !== undefined)
        return mods === undefined ? value : modified(value, mods) + (name === letter ? "" : letter);
    }
    return whole;
  });
}
