import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import { verbFold } from "../operands.ts";
import { type Arg, type Line, restOf } from "../types.ts";
import type { Reader } from "./reader.ts";

/** Words that stand between the class and what is done with it. */
const VERBS = new Set(["get", "list", "call", "delete", "set", "create", "assoc"]);
/** Methods of processes; other classes have methods of their own, vendors' among them. */
const METHODS = new Set(["create", "terminate", "getowner", "getownersid", "attachdebugger", "setpriority"]);
const SWITCH = /^[-/](?:node|user|password|namespace|format|output|append|privileges|implevel|authlevel)[:=]/i;

/**
 * `[switches] alias [where clause] verb [arguments]`; a method's parameters are cut by wmic itself: quotes of either kind
 * group, a comma ends one. Elements besides those of the grammar: alias (also the class behind `path` or `class`), where,
 * verb, method, parameter (in order), create (the first parameter of `create`: a command line).
 */
export const wmic: Reader = (written, out, parse) => {
  const line = { ...written, args: joined(written.args) };
  const words = line.args.map((arg) => verbFold(arg.value).toLowerCase());
  const call = words.indexOf("call");
  const last = call < 0 ? -1 : line.args.findLastIndex((arg, i) => i > call + 1 && SWITCH.test(optionFold(arg.value)));
  if (call < 0) parse(line);
  else {
    parse({ ...line, args: line.args.slice(0, call) });
    if (last > 0) parse({ ...line, args: line.args.slice(last) });
  }
  const plain = words.filter((word) => !isOption(word));
  const [first = "", second = ""] = plain;
  out.put("alias", first === "path" || first === "class" ? second : first);
  const where = words.indexOf("where");
  if (where >= 0 && line.args[where + 1]) out.put("where", line.args[where + 1]?.value ?? "");
  const verb = words.find((word) => VERBS.has(word));
  if (verb !== undefined) out.put("verb", verb);
  if (call < 0 || words[call + 1] === undefined) return;
  const method = words[call + 1] as string;
  out.put("method", method);
  if (first === "process" && !METHODS.has(method)) out.tell(method);
  const list = parameters(last > 0 ? textBetween(line, call + 2, last) : restOf(line, call + 2));
  for (const parameter of list) out.put("parameter", parameter);
  if (method === "create" && list[0]) out.put("create", list[0].replace(/^commandline\s*=\s*/i, ""));
};

/** `/node: NAME`: a blank may stand between a switch and its value. */
function joined(args: readonly Arg[]): readonly Arg[] {
  const out: Arg[] = [];
  for (const arg of args) {
    const before = out.at(-1);
    if (before && /[:=]$/.test(before.value) && SWITCH.test(optionFold(before.value)))
      out[out.length - 1] = { ...arg, value: before.value + arg.value, raw: before.raw + arg.raw, start: before.start };
    else out.push(arg);
  }
  return out;
}

function textBetween(line: Line, from: number, to: number): string {
  const args = line.args.slice(from, to);
  if (line.text === undefined) return args.map((arg) => arg.value).join(" ");
  return line.text.slice(args[0]?.start, args.at(-1)?.end);
}

/** `"cmd /c \"x\"","C:\dir"`, `'cmd /c x'`, `CommandLine="x"`, `calc.exe`. */
function parameters(text: string): readonly string[] {
  return [...text.matchAll(/\s*((?:"(?:\\"|[^"])*"?|'[^']*'?|[^,"'])+),?/g)]
    .map((match) => unquote((match[1] as string).trim()))
    .filter((parameter) => parameter !== "");
}

const unquote = (text: string) =>
  text
    .replace(
      /^(\w+\s*=\s*)?(?:"((?:\\"|[^"])*)"?|'([^']*)'?)$/s,
      (_, name = "", double, single) => `${name}${(double as string | undefined)?.replaceAll('\\"', '"') ?? single}`,
    )
    .trim();
