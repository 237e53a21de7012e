import type { Arg } from "../types.ts";
import type { Reader } from "./reader.ts";

/** Most arguments that are put in: each makes a command, and they are alike. */
const MAX_COMMANDS = 16;
/** Longest template that arguments are put in. */
const MAX_TEMPLATE = 8192;

const textOf = (args: readonly Arg[]): string =>
  args
    .map(({ value }) => value)
    .join(" ")
    .slice(0, MAX_TEMPLATE);

/**
 * GNU parallel: in front of `:::` its options and a command for the shell, behind it the arguments, which are put in for `{}` or at the
 * end; without a command the arguments are commands. Element: command. Source: parallel(1), "OPTIONS".
 */
export const parallel: Reader = (line, out, parse) => {
  const mark = line.args.findIndex(({ value }) => /^:::\+?$/.test(value));
  const end = line.args.findIndex(({ value }) => /^::::?\+?$/.test(value));
  parse({ args: end < 0 ? line.args : line.args.slice(0, end), text: undefined });
  const template = textOf(out.named("inner")?.[0]?.args ?? []);
  const given: string[] = [];
  for (const { value } of mark < 0 ? [] : line.args.slice(mark + 1)) {
    if (value.startsWith(":::") || given.length >= MAX_COMMANDS) break;
    given.push(value);
  }
  if (mark < 0 && template !== "") out.put("command", template);
  for (const value of given) {
    const put = template.includes("{") ? template.replaceAll("{}", () => value) : `${template} ${value}`;
    out.put("command", put.trim());
  }
};
