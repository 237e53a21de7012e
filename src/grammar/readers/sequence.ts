import { type Arg, partOf } from "../types.ts";
import type { Reader } from "./reader.ts";

/**
 * tmux takes several of its commands in one line, with words between them that are or end in a semicolon. Each is read by the entry's
 * grammar; the elements of all are put together. Source: tmux(1), "COMMAND PARSING AND EXECUTION".
 */
export const sequence: Reader = (line, _out, parse) => {
  let part: Arg[] = [];
  const flush = () => {
    if (part.length > 0) parse({ args: part, text: undefined });
    part = [];
  };
  for (const arg of line.args) {
    const ends = arg.value.endsWith(";") && !arg.value.endsWith("\\;");
    const value = ends ? arg.value.slice(0, -1) : arg.value;
    if (value !== "" || !ends) part.push(partOf(arg, value));
    if (ends) flush();
  }
  flush();
};
