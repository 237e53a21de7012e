import { verbFold } from "../operands.ts";
import { type Line, restOf } from "../types.ts";
import type { Reader } from "./reader.ts";

/**
 * wmic takes a method's parameters out of its line by itself: quotes of either kind group, a comma ends one.
 * Elements besides those of the grammar: create (what `call create` is given first: a command line).
 */
export const wmic: Reader = (line, out, parse) => {
  const words = line.args.map((arg) => verbFold(arg.value).toLowerCase());
  const at = words.findIndex((word, i) => word === "call" && words[i + 1] === "create");
  if (at < 0) return parse(line);
  parse({ ...line, args: line.args.slice(0, at + 2) });
  const last = line.args.findLastIndex(
    (arg, i) => i > at + 2 && /^[-/](?:node|user|password|format|output|append):/i.test(arg.value),
  );
  if (last > 0) parse({ ...line, args: line.args.slice(last) });
  const command = firstParameter(last > 0 ? textBetween(line, at + 2, last) : restOf(line, at + 2));
  if (command !== "") out.add("create", command);
};

function textBetween(line: Line, from: number, to: number): string {
  const args = line.args.slice(from, to);
  if (line.text === undefined) return args.map((arg) => arg.value).join(" ");
  return line.text.slice(args[0]?.start, args.at(-1)?.end);
}

/** `"cmd /c \"x\"","C:\dir"`, `'cmd /c x'`, `CommandLine="x"`, `calc.exe`. */
function firstParameter(text: string): string {
  const bare = text.replace(/^commandline\s*=\s*/i, "");
  const quoted = /^"((?:\\"|[^"])*)"?|^'([^']*)'?/.exec(bare);
  if (!quoted) return bare.replace(/,.*$/s, "").trim();
  return (quoted[1] ?? quoted[2] ?? "").replaceAll('\\"', '"').trim();
}
