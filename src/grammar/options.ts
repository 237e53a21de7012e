import type { GrammarStyle } from "../catalog/types.ts";
import { isAscii } from "../cmdline/normal/characters.ts";
import { isOption, isSlashedShare, optionFold } from "../cmdline/normal/option-fold.ts";
import type { Layout, Option, TakeOption } from "./layout.ts";
import type { Arg, Collector, Line } from "./types.ts";
import { partOf, restOf } from "./types.ts";

/** The place to go on at: the end of the line where what follows the value belongs to what the value names. */
function behind(spec: Option, layout: Layout, line: Line, at: number, out: Collector): number {
  if (!spec.last || at >= line.args.length) return at;
  out.add(layout.arguments, restOf(line, at), line.args.slice(at));
  return line.args.length;
}

/** Whether a word ends a list that goes on up to it; the names of options among the ends have any case and either sign. */
const endsIt = ({ ends }: Option, { value }: Arg): boolean =>
  ends.includes(value) || (/^[-/]/.test(value) && ends.includes(`-${value.slice(1).toLowerCase()}`));

/** A value that stands in following arguments. */
function following(spec: Option, layout: Layout, line: Line, at: number, out: Collector): number {
  const { args } = line;
  switch (spec.takes) {
    case "rest":
      out.add(spec, restOf(line, at), args.slice(at));
      return args.length;
    case "until": {
      let end = at;
      while (end < args.length && !endsIt(spec, args[end] as Arg)) end++;
      out.add(
        spec,
        args
          .slice(at, end)
          .map((arg) => arg.value)
          .join(" "),
        args.slice(at, end),
      );
      // An option that ends the list begins something of its own; `--` ends only this.
      return /^(?:-(?!-$)|\/)/.test(args[end]?.value ?? "") ? end : end + 1;
    }
    case "values": {
      let end = at;
      const last = spec.count > 0 ? Math.min(args.length, at + spec.count) : args.length;
      while (end < last && !(spec.count === 0 && looksLikeOption(layout, args[end] as Arg))) end++;
      for (const arg of args.slice(at, end)) out.add(spec, arg.value, [arg]);
      return end;
    }
    case "groups": {
      const [number] = args.slice(at, at + 1);
      const end = at + 1 + (isNumber(number, 3) ? Number(number?.value) * spec.count : 0);
      for (const arg of args.slice(at, end)) out.add(spec, arg.value, [arg]);
      return Math.min(end, args.length);
    }
    default: {
      const arg = args[at];
      if (arg) out.add(spec, arg.value, [arg]);
      else out.add(spec, "");
      return behind(spec, layout, line, at + 1, out);
    }
  }
}

/** Whether a word is a number, of at most so many digits (0: any). */
function isNumber(arg: Arg | undefined, most: number): boolean {
  return arg !== undefined && /^\d{1,15}$/.test(arg.value) && (most === 0 || arg.value.length <= most);
}

/** Records an option found without an attached value. */
function bare(spec: Option, layout: Layout, line: Line, at: number, out: Collector): number {
  if (spec.takes === "digits" && spec.next && isNumber(line.args[at + 1], spec.count)) {
    const arg = line.args[at + 1] as Arg;
    out.add(spec, arg.value, [arg]);
    return at + 2;
  }
  if (spec.takes === "optional" && spec.next) {
    const arg = line.args[at + 1];
    const isValue = arg !== undefined && !looksLikeOption(layout, arg);
    out.add(spec, isValue ? arg.value : "", isValue ? [arg] : []);
    return isValue ? at + 2 : at + 1;
  }
  if (spec.takes === "flag" || spec.takes === "digits" || spec.takes === "optional" || !spec.next) {
    out.add(spec, "");
    return at + 1;
  }
  return following(spec, layout, line, at + 1, out);
}

function attached(spec: Option, value: string, layout: Layout, line: Line, at: number, out: Collector): number {
  const arg = line.args[at] as Arg;
  if (spec.takes === "rest") {
    out.add(spec, [value, restOf(line, at + 1)].filter(Boolean).join(" "), [
      partOf(arg, value, value),
      ...line.args.slice(at + 1),
    ]);
    return line.args.length;
  }
  out.add(spec, value, [partOf(arg, value)]);
  if (spec.takes !== "values" || spec.count <= 1) return behind(spec, layout, line, at + 1, out);
  return following({ ...spec, count: spec.count - 1 }, layout, line, at + 1, out);
}

function abbreviated(layout: Layout, name: string, least = 1): Option | undefined {
  let found: Option | undefined;
  for (const [key, spec] of layout.options) {
    if (key.length < least || !key.startsWith(name)) continue;
    if (found && found.name !== spec.name) return undefined;
    found = spec;
  }
  return found;
}

/** Behind two dashes one letter is the beginning of a long name; it is the short option only where no long one fits. */
function longOption(layout: Layout, name: string): Option | undefined {
  if (!layout.abbreviate) return find(layout, name);
  if (name.length > 1) return find(layout, name) ?? abbreviated(layout, name);
  return (name === "" ? undefined : abbreviated(layout, name, 2)) ?? find(layout, name);
}

function find(layout: Layout, name: string): Option | undefined {
  // Most words that hold a value are longer than the name of any option.
  if (name.length > layout.longest) return undefined;
  const spec = layout.options.get(name);
  if (spec) return spec;
  return layout.abbreviate && layout.style !== "gnu" && name.length > 0 ? abbreviated(layout, name) : undefined;
}

/** Glued forms such as `-ofile`: the longest option name that the text begins with. */
function glued(layout: Layout, name: string): { spec: Option; length: number } | undefined {
  let best: { spec: Option; length: number } | undefined;
  for (const [key, spec] of layout.glued) {
    if (name.startsWith(key) && key.length < name.length && key.length > (best?.length ?? 0))
      best = { spec, length: key.length };
  }
  return best;
}

const SEPARATORS = /[:=+,]/;
/** No name of an option is longer, with whatever a fold drops from it. */
const MAX_NAME = 256;

/** The name of an option as the program compares it. */
function fold(layout: Layout, body: string): string {
  if (layout.caseSensitive) return body;
  return (isAscii(body) ? body : optionFold(`-${body}`).slice(1)).toLowerCase();
}

/** A whole path or address, or nothing but characters that are in no name, behind what only a fold drops. */
const DROPPED = /^[^\0-\x7f]+(?=[\\/"]|[A-Za-z]+:)|^(?:[^\0-\x7f\p{L}\p{N}])+/u;

/** The value glued to an option's name. Folding keeps the length of ASCII text only: letters of other scripts behind the name are the value's. */
function behindName(body: string, folded: string, length: number): string {
  const asWritten = isAscii(body.slice(0, length)) || folded.length === body.length;
  if (!asWritten) return body.slice(body.length - (folded.length - length));
  return body.slice(length).replace(DROPPED, "");
}

/** `name`, `name:value`, `name=value`, or `namevalue`, in a word whose option character is already gone. */
function word(layout: Layout, body: string, line: Line, at: number, out: Collector): number | undefined {
  const folded = fold(layout, body);
  const exact = find(layout, folded);
  if (exact) return bare(exact, layout, line, at, out);
  const first = body.search(SEPARATORS);
  const last = Math.min(body.length, MAX_NAME);
  for (let end = first < 0 ? last : first; end < last; end++) {
    const separator = body[end] as string;
    if (!SEPARATORS.test(separator)) continue;
    const spec = find(layout, fold(layout, body.slice(0, end)));
    if (!spec) continue;
    const value = body.slice(end + 1);
    if (spec.takes === "flag") {
      out.add(spec, value);
      return at + 1;
    }
    // A longer name may have this one in it: `log+:FILE` besides `log:FILE`.
    if (spec.after.includes(separator)) return attached(spec, value, layout, line, at, out);
  }
  const joined = glued(layout, folded);
  return joined && attached(joined.spec, behindName(body, folded, joined.length), layout, line, at, out);
}

function looksLikeOption(layout: Layout, arg: Arg): boolean {
  if (layout.style === "none") return false;
  if (layout.style === "windows") return isOption(arg.value) && !isSlashedShare(arg.value);
  return arg.value.length > 1 && arg.value.startsWith("-");
}

/** An option that the grammar does not name: the program's own where it hands on what it does not know, otherwise told. */
function unknown(layout: Layout, value: string, at: number, out: Collector): number {
  const handedOn = layout.takesAny ? layout.pairs?.get("*") : undefined;
  if (handedOn) out.add(handedOn, value);
  else out.tell(value, layout.takesAny);
  return at + 1;
}

/** The script hosts write their own options with two slashes: `//nologo`. */
const doubled = (layout: Layout, value: string, line: Line, at: number, out: Collector) =>
  value.startsWith("//") ? word(layout, value.slice(2), line, at, out) : undefined;

/** `name:value`, whatever the value; `/c:/dir` is a path behind a drive. */
const NAMED_VALUE = /^[A-Za-z][\w-]{0,63}[:=](?<!^.:(?=[\\/]))/;

const windows: TakeOption = (layout, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!isOption(value) || isSlashedShare(value)) return undefined;
  const body = value.slice(value.startsWith("--") && value.length > 2 ? 2 : 1);
  const taken = word(layout, body, line, at, out) ?? doubled(layout, value, line, at, out);
  if (taken !== undefined) return taken;
  if (value.startsWith("-") && layout.takesAny) return unknown(layout, value, at, out);
  // `/../x` or `/c/dir/file` is a path with forward slashes, not an option; `//x` alone names a server and no file.
  if (/[\\/]/.test(body) && !/^\/\/[^\\/]+$/.test(value) && !NAMED_VALUE.test(body)) return undefined;
  return unknown(layout, value, at, out);
};

const single: TakeOption = (layout, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!value.startsWith("-") || value.length < 2) return undefined;
  const taken = word(layout, value.slice(value.startsWith("--") ? 2 : 1), line, at, out);
  if (taken !== undefined) return taken;
  return unknown(layout, value, at, out);
};

/** A cluster of short options: `-xvf name`. Each letter is an option; the first that takes a value takes the rest. */
export function cluster(layout: Layout, letters: string, line: Line, at: number, out: Collector): number {
  const { options } = layout;
  for (let i = 0; i < letters.length; i++) {
    const spec = options.get(letters[i] as string);
    if (!spec) return unknown(layout, `-${letters.slice(i)}`, at, out);
    const rest = letters.slice(i + 1);
    if (spec.takes === "flag") out.add(spec, "");
    else if (spec.takes === "digits") {
      const digits = /^\d*/.exec(rest)?.[0] ?? "";
      out.add(spec, digits);
      i += digits.length;
    } else if (rest !== "") {
      const isParted = rest.startsWith("=") && spec.after.includes("=");
      return attached(spec, isParted ? rest.slice(1) : rest, layout, line, at, out);
    } else return bare(spec, layout, line, at, out);
  }
  return at + 1;
}

/** What stands before the first `=`. */
function headOf(text: string): string {
  const equals = text.indexOf("=");
  return equals < 0 ? text : text.slice(0, equals);
}

const [ZERO, NINE] = [0x30, 0x39];

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

const gnu: TakeOption = (layout, line, at, out) => {
  const { value } = line.args[at] as Arg;
  if (!value.startsWith("-")) return undefined;
  const { options } = layout;
  if (value === "-") {
    const lone = options.get("-");
    return lone && bare(lone, layout, line, at, out);
  }
  if (!value.startsWith("--")) {
    const number = isDigit(value.charCodeAt(1)) ? options.get("0") : undefined;
    if (number && number.takes !== "flag" && number.takes !== "digits") {
      out.add(number, value.slice(1));
      return at + 1;
    }
    // A program may have long options behind one dash (`-wrapper`), which come before a cluster of letters.
    const whole = value.slice(1);
    const head = headOf(whole);
    if (head.length > 1 && options.has(head)) {
      const taken = word(layout, whole, line, at, out);
      if (taken !== undefined) return taken;
    }
    return cluster(layout, whole, line, at, out);
  }
  const written = headOf(value.slice(2));
  const head = layout.caseSensitive ? written : written.toLowerCase();
  const spec = longOption(layout, head);
  if (!spec) return unknown(layout, value, at, out);
  const valueAt = written.length + 3;
  if (valueAt > value.length) return bare(spec, layout, line, at, out);
  return attached(spec, value.slice(valueAt), layout, line, at, out);
};

export const TAKE: Record<GrammarStyle, TakeOption> = { windows, single, gnu, none: () => undefined };
