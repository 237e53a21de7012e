import { isOption, isSlashedShare } from "../../cmdline/normal/option-fold.ts";
import type { Reader } from "./reader.ts";

/**
 * The hosts of Windows scripts: what stands in front of the script is the host's; behind it only what begins with two slashes, and all
 * else is the script's. Elements: those of the grammar, script, argument (of the script).
 */
export const scriptHost: Reader = (line, out, parse) => {
  const at = line.args.findIndex(({ value }) => !isOption(value) || isSlashedShare(value));
  const own = line.args.filter(
    ({ value }, index) => at < 0 || index < at || (index > at && value.startsWith("//") && !isSlashedShare(value)),
  );
  parse({ args: own, text: undefined });
  for (const [index, arg] of line.args.entries()) {
    if (at < 0 || index < at || own.includes(arg)) continue;
    out.put(index === at ? "script" : "argument", arg.value, [arg]);
  }
};
