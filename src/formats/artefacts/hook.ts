import { textOf } from "../../decode/json/encoding.ts";
import type { Format } from "../format.ts";
import { hookKind } from "./hook-places.ts";
import { firstLines } from "./sniffing.ts";
import { ArtefactOutput } from "./text-reader.ts";
import { WholeFile } from "./whole-file.ts";

const MAX_FILE = 1 << 20;
const MAX_COMMANDS = 2000;
/** Whatever `^` and `$` take for the end of a line: it is one character that expressions can leave out. */
const LINE_END = /\r\n?|[\u2028\u2029]/g;

/** Configuration that names commands which something else runs: one record a command, with language and platform. */
export const hook: Format = {
  name: "hook",
  title:
    "Configuration that names commands: udev, PAM, package managers, window managers, ssh, git, group policy scripts, autorun.inf, MOF and others",
  sniff(head, name) {
    if (!hookKind(name)) return 0;
    return firstLines(head).some((line) => line.trim() !== "") ? 0.6 : 0;
  },
  open: (context, sink) =>
    new WholeFile(MAX_FILE, (bytes, size) => {
      const output = new ArtefactOutput(context, sink, "hook");
      if (size > bytes.length) output.note("a file longer than 1 MiB was cut", "input/limit");
      const kind = hookKind(context.file);
      let count = 0;
      for (const { command, language, built } of kind?.find(textOf(bytes).replace(LINE_END, "\n")) ?? []) {
        count += 1;
        if (count <= MAX_COMMANDS)
          output.record({ language, platform: kind!.platform, command, built: built ? "true" : undefined });
      }
      if (count > MAX_COMMANDS) output.note(`${count - MAX_COMMANDS} more commands were left out`, "input/limit");
    }),
};
