import type { UnknownPart } from "../model.ts";
import { LONGEST_LINE } from "./lines.ts";

/** A command with named parameters, as scripts of PowerShell and netsh state policies. */
export interface Command {
  readonly name: string;
  /** By lower-case name; a switch has no values. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Words without a name. */
  readonly words: readonly string[];
  readonly line: number;
}

export interface Script {
  readonly commands: readonly Command[];
  /** Lines that are more than a command with plain values: variables, loops, pipes. */
  readonly unread: readonly UnknownPart[];
}

const TOKEN =
  /\s+|(#.*)|'((?:[^'‘’‚‛]|['‘’‚‛]{2})*)'|"([^"$`]*)"|(,)|(-[A-Za-z_][\w]*:?)(?=\s|$)|([^\s'"‘’‚‛“”„$`(){};|&<>@,#][^\s'"‘’‚‛“”„$`(){};|&<>,]*)/y;

type Token = { readonly kind: "word" | "name" | "comma"; readonly text: string };

/** The tokens of one line; undefined where it holds more than plain words and strings. */
function tokensOf(line: string): Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const found = TOKEN.exec(line);
    if (!found) return undefined;
    const [, comment, single, double, comma, name, bare] = found;
    if (comment !== undefined) break;
    if (single !== undefined)
      tokens.push({
        kind: "word",
        text: single.replace(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g, "$1"),
      });
    else if (double !== undefined) tokens.push({ kind: "word", text: double });
    else if (comma !== undefined) tokens.push({ kind: "comma", text: comma });
    else if (name !== undefined) tokens.push({ kind: "name", text: name.slice(1).replace(/:$/, "").toLowerCase() });
    else if (bare !== undefined) tokens.push({ kind: "word", text: bare });
  }
  return tokens;
}

function commandOf(tokens: readonly Token[], line: number): Command | undefined {
  const [first, ...rest] = tokens;
  if (first?.kind !== "word") return undefined;
  const parameters = new Map<string, string[]>();
  const words: string[] = [];
  let into: string[] | undefined;
  let isList = false;
  for (const token of rest) {
    if (token.kind === "name") {
      into = [];
      parameters.set(token.text, into);
    } else if (token.kind === "comma") isList = true;
    else {
      if (into && (into.length === 0 || isList)) into.push(token.text);
      else words.push(token.text);
      isList = false;
    }
  }
  return { name: first.text, parameters, words, line };
}

/** Most of a command that goes over several lines. */
const LONGEST = 65_536;

/**
 * Whether a line of a command ends within a comment; none was open before it, and a blank stands there. `begins`: nothing but blanks
 * stands before it.
 */
function endsInComment(line: string, begins: boolean): boolean {
  if (begins && /^\s*#/.test(line)) return true;
  const bare = line.slice(Math.max(line.lastIndexOf("'"), line.lastIndexOf('"')) + 1);
  return /\s#/.test(bare) || (!begins && bare === line && line.startsWith("#"));
}

/** Reads a script of plain commands: one a line, or over several with a backtick at the end. */
export function readCommands(text: string): Script {
  const commands: Command[] = [];
  const unread: UnknownPart[] = [];
  let held = "";
  let begins = true;
  let start = 0;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (held === "") start = at + 1;
    // What is held ends in a blank, and is not looked at again: lines may be many. In a comment a backtick is a letter.
    const goesOn = /\s`$/.test(line) || (line === "`" && held !== "");
    if (goesOn && held.length + line.length < LONGEST && !endsInComment(line, begins)) {
      held += line.slice(0, -1);
      begins &&= /^\s*`$/.test(line);
      continue;
    }
    const whole = held + line;
    held = "";
    begins = true;
    if (/^\s*(?:#|$)/.test(whole)) continue;
    const tokens = whole.length > LONGEST_LINE ? undefined : tokensOf(whole);
    const command = tokens && commandOf(tokens, start);
    if (command) commands.push(command);
    else if (!tokens || tokens.length > 0) unread.push({ what: "a command", line: start });
  }
  return { commands, unread };
}
