import type { Grammar, OptionSpec } from "../catalog/types.ts";
import { isAscii } from "../cmdline/normal/characters.ts";
import { isOption, optionFold } from "../cmdline/normal/optionFold.ts";
import { layoutOf } from "./layout.ts";
import type { Arg, Collector, Line } from "./types.ts";
import { restOf } from "./types.ts";

/** Takes the option at `line.args[at]` and returns the index of the next argument, or undefined where it is none. */
export type TakeOption = (grammar: Grammar, line: Line, at: number, out: Collector) => number | undefined;

/** The place to go on at: the end of the line where what follows the value belongs to what the value names. */
function behind(spec: OptionSpec, line: Line, at: number, out: Collector): number {
  if (!spec.last || at >= line.args.length) return at;
  out.add("arguments", restOf(line, at), line.args.slice(at));
  return line.args.length;
}

/** A value that stands in following arguments. */
function following(spec: OptionSpec, grammar: Grammar, line: Line, at: number, out: Collector): number {
  const { args } = line;
  switch (spec.takes) {
    case "rest":
      out.add(spec.name, restOf(line, at), args.slice(at));
      return args.length;
    case "until": {
      let end = at;
      while (end < args.length && !spec.ends.includes((args[end] as Arg).value)) end++;
      out.add(
        spec.name,
        args
          .slice(at, end)
          .map((arg) => arg.value)
          .join(" "),
        args.slice(at, end),
      );
      return end + 1;
    }
    case "values": {
      let end = at;
      const last = spec.count > 0 ? Math.min(args.length, at + spec.count) : args.length;
      while (end < last && !(spec.count === 0 && looksLikeOption(grammar, args[end] as Arg))) end++;
      for (const arg of args.slice(at, end)) out.add(spec.name, arg.value, [arg]);
      return end;
    }
    default: {
      const arg = args[at];
      if (arg) out.add(spec.name, arg.value, [arg]);
      else out.add(spec.name, "");
      return behind(spec, line, at + 1, out);
    }
  }
}

/** Records an option found without an attached value. */
function bare(spec: OptionSpec, grammar: Grammar, line: Line, at: number, out: Collector): number {
  if (spec.takes === "flag" || spec.takes === "digits" || spec.takes === "optional" || !spec.next) {
    out.add(spec.name, "");
    return at + 1;
  }
  return following(spec, grammar, line, at + 1, out);
}

function attached(spec: OptionSpec, value: string, grammar: Grammar, line: Line, at: number, out: Collector): number {
  const arg = line.args[at] as Arg;
  if (spec.takes === "rest") {
    out.add(spec.name, [value, restOf(line, at + 1)].filter(Boolean).join(" "), [
      { ...arg, value, raw: value },
      ...line.args.slice(at + 1),
    ]);
    return line.args.length;
  }
  out.add(spec.name, value, [{ ...arg, value }]);
  if (spec.takes !== "values" || spec.count <= 1) return behind(spec, line, at + 1, out);
  return following({ ...spec, count: spec.count - 1 }, grammar, line, at + 1, out);
}

function abbreviated(grammar: Grammar, name: string): OptionSpec | undefined {
  let found: OptionSpec | undefined;
  for (const [key, spec] of layoutOf(grammar).options) {
    if (!key.startsWith(name)) continue;
    if (found && found.name !== spec.name) return undefined;
    found = spec;
  }
  return found;
}

function find(grammar: Grammar, name: string): OptionSpec | undefined {
  const spec = layoutOf(grammar).options.get(name);
  if (spec) return spec;
  return grammar.abbreviate && name.length > 0 ? abbreviated(grammar, name) : undefined;
}

/** Glued forms such as `-ofile`: the longest option name that the text begins with. */
function glued(grammar: Grammar, name: string): { spec: OptionSpec; length: number } | undefined {
  let best: { spec: OptionSpec; length: number } | undefined;
  for (const [key, spec] of layoutOf(grammar).glued) {
    if (name.startsWith(key) && key.length < name.length && key.length > (best?.length ?? 0))
      best = { spec, length: key.length };
  }
  return best;
}

const SEPARATORS = ":=+,";

/** The name of an option as the program compares it. */
function fold(grammar: Grammar, body: string): string {
  if (grammar.caseSensitive) return body;
  return (isAscii(body) ? body : optionFold(`-${body}`).slice(1)).toLowerCase();
}

/** `name`, `name:value`, `name=value`, or `namevalue`, in a word whose option character is already gone. */
function word(grammar: Grammar, body: string, line: Line, at: number, out: Collector): number | undefined {
  const folded = fold(grammar, body);
  const exact = find(grammar, folded);
  if (exact) return bare(exact, grammar, line, at, out);
  for (let end = 0; end < body.length; end++) {
    const separator = body[end] as string;
    if (!SEPARATORS.includes(separator)) continue;
    const spec = find(grammar, fold(grammar, body.slice(0, end)));
    if (!spec) continue;
    const value = body.slice(end + 1);
    if (spec.takes === "flag") {
      out.add(spec.name, value);
      return at + 1;
    }
    // A longer name may have this one in it: `log+:FILE` besides `log:FILE`.
    if (spec.after.includes(separator)) return attached(spec, value, grammar, line, at, out);
  }
  const joined = glued(grammar, folded);
  // Folding keeps the length of ASCII text only; a folded name is cut where the written one is when both agree.
  if (!joined) return undefined;
  const cut = folded.length === body.length ? joined.length : body.length - (folded.length - joined.length);
  return attached(joined.spec, body.slice(cut), grammar, line, at, out);
}

export function looksLikeOption(grammar: Grammar, arg: Arg): boolean {
  if (grammar.style === "none") return false;
  if (grammar.style === "windows") return isOption(arg.value);
  return arg.value.length > 1 && arg.value.startsWith("-");
}

/** The script hosts write their own options with two slashes: `//nologo`. */
const doubled = (grammar: Grammar, value: string, line: Line, at: number, out: Collector) =>
  value.startsWith("//") ? word(grammar, value.slice(2), line, at, out) : undefined;

const windows: TakeOption = (grammar, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!isOption(value)) return undefined;
  const body = value.slice(value.startsWith("--") ? 2 : 1);
  const taken = word(grammar, body, line, at, out) ?? doubled(grammar, value, line, at, out);
  if (taken !== undefined) return taken;
  if (value.startsWith("-") && layoutOf(grammar).takesAny) return at + 1;
  // `/../x` or `/c/dir/file` is a path with forward slashes, not an option; `//x` alone names a server and no file.
  if (/[\\/]/.test(body) && !/^\/\/[^\\/]+$/.test(value)) return undefined;
  out.unknown.push(value);
  return at + 1;
};

const single: TakeOption = (grammar, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!value.startsWith("-") || value.length < 2) return undefined;
  const taken = word(grammar, value.replace(/^--?/, ""), line, at, out);
  if (taken !== undefined) return taken;
  if (!layoutOf(grammar).takesAny) out.unknown.push(value);
  return at + 1;
};

/** A cluster of short options: `-xvf name`. Each letter is an option; the first that takes a value takes the rest. */
export function cluster(grammar: Grammar, letters: string, line: Line, at: number, out: Collector): number {
  const { options, takesAny } = layoutOf(grammar);
  for (let i = 0; i < letters.length; i++) {
    const spec = options.get(letters[i] as string);
    if (!spec) {
      if (!takesAny) out.unknown.push(`-${letters.slice(i)}`);
      return at + 1;
    }
    const rest = letters.slice(i + 1);
    if (spec.takes === "flag") out.add(spec.name, "");
    else if (spec.takes === "digits") {
      const digits = /^\d*/.exec(rest)?.[0] ?? "";
      out.add(spec.name, digits);
      i += digits.length;
    } else if (rest !== "")
      return attached(spec, rest.replace(/^=/, spec.after.includes("=") ? "" : "="), grammar, line, at, out);
    else return bare(spec, grammar, line, at, out);
  }
  return at + 1;
}

/** What stands before the first `=`. */
function headOf(text: string): string {
  const equals = text.indexOf("=");
  return equals < 0 ? text : text.slice(0, equals);
}

const gnu: TakeOption = (grammar, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!value.startsWith("-") || value === "-") return undefined;
  const { options, takesAny } = layoutOf(grammar);
  if (!value.startsWith("--")) {
    const number = /^-\d/.test(value) ? options.get("0") : undefined;
    if (number && number.takes !== "flag" && number.takes !== "digits") {
      out.add(number.name, value.slice(1));
      return at + 1;
    }
    // A program may have long options behind one dash (`-wrapper`), which come before a cluster of letters.
    const whole = value.slice(1);
    const head = headOf(whole);
    if (head.length > 1 && options.has(head)) {
      const taken = word(grammar, whole, line, at, out);
      if (taken !== undefined) return taken;
    }
    return cluster(grammar, whole, line, at, out);
  }
  const written = headOf(value.slice(2));
  const head = grammar.caseSensitive ? written : written.toLowerCase();
  const spec = find(grammar, head) ?? (head.length > 1 ? abbreviated(grammar, head) : undefined);
  if (!spec) {
    if (!takesAny) out.unknown.push(value);
    return at + 1;
  }
  const valueAt = written.length + 3;
  if (valueAt > value.length) return bare(spec, grammar, line, at, out);
  return attached(spec, value.slice(valueAt), grammar, line, at, out);
};

export const TAKE: Record<Grammar["style"], TakeOption> = { windows, single, gnu, none: () => undefined };
