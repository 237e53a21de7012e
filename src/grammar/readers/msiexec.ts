import type { Arg } from "../types.ts";
import { partOf } from "../types.ts";
import type { Reader } from "./reader.ts";

/** An option that takes no value and the next one that begins right behind it: `/q/i`, `-qb!-I`. */
const RUN_ON = /^([-/](?:q[nbrf]?[+!-]{0,2}|quiet|passive|norestart|promptrestart|forcerestart))([-/][a-z].*)$/is;

/** The options that are written as one word, each by itself. */
function parted(arg: Arg): readonly Arg[] {
  const parts: Arg[] = [];
  let rest = arg.value;
  for (let run = RUN_ON.exec(rest); run; run = RUN_ON.exec(rest)) {
    parts.push(partOf(arg, run[1]!));
    rest = run[2]!;
  }
  return parts.length === 0 ? [arg] : [...parts, partOf(arg, rest)];
}

/** msiexec needs no blank between options: Raspberry Robin writes `/Q/I"http://…"` (public reports of its commands, since 2022). */
export const msiexec: Reader = (line, _, parse) => {
  parse(line.args.some(({ value }) => RUN_ON.test(value)) ? { ...line, args: line.args.flatMap(parted) } : line);
};
