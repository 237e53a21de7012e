import { cmdOptions } from "../../cmdline/cmd/options.ts";
import { parseStart } from "../../cmdline/cmd/start.ts";
import type { Line } from "../types.ts";
import type { Reader } from "./reader.ts";

const textOf = (line: Line) =>
  line.text === undefined
    ? line.args.map((arg) => arg.value).join(" ")
    : line.text.slice(line.args[0]?.start ?? line.text.length);

/** cmd.exe strips quotes by rules of its own. Elements: command (text behind /c, /k or /r), keep (behind /k). */
export const cmd: Reader = (line, out) => {
  const { command, switches } = cmdOptions(textOf(line));
  if (command !== undefined && command.trim() !== "") out.put("command", command, line.args);
  for (const one of switches) out.put(one.replace(/^\//, ""), "");
};

const handsOn =
  (verb: "start" | "call"): Reader =>
  (line, out) => {
    const { command, dir } = parseStart(`${verb} ${textOf(line)}`);
    if (command.trim() !== "") out.put("command", command, line.args);
    if (dir !== undefined) out.put("dir", dir);
  };

/** `start "title" /d dir /b program arguments`. Elements: command, dir. */
export const start = handsOn("start");

/** `call program arguments`; it knows no title, so a quoted word is the program. Element: command. */
export const call = handsOn("call");
