import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { reasonOf } from "../../model/reason.ts";
import { plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { redact } from "../../outputs/redact.ts";
import { style } from "../../outputs/style.ts";
import { clip } from "../../outputs/width.ts";
import type { Discovery } from "../../pipeline/discover.ts";
import { EXIT } from "../exit.ts";
import { type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import { dataText, formatOption } from "../format-option.ts";
import { columnsOf, type Io, wantsColour } from "../io.ts";
import { Reading } from "../reading.ts";
import type { Define } from "./define.ts";

const HELP = `
A trusted program whose argument names the library that it then loads, the program that it starts,
the file that it writes or the host that it calls is a proxy, whether anybody has listed it or not.
The logs need module loads, children, files or connections beside process starts.

Examples:
  whatran discover ./logs                        what is there, in words
  whatran discover ./logs -o drafts              a draft of a catalogue entry for each, with vectors
  whatran catalog check drafts                   … which you complete, check,
  whatran scan ./logs --catalog drafts           … and use`;

const FORMATS = ["text", "json", "ndjson"] as const;

interface Flags extends LogFlags {
  readonly output?: string;
  readonly format?: (typeof FORMATS)[number];
}

const ACTS: Readonly<Record<Discovery["acts"][number], string>> = {
  start: "starts the program in",
  load: "loads the library in",
  open: "acts on what stands in",
  fetch: "fetches what stands in",
  write: "writes the file in",
};

function inWords(found: readonly Discovery[], io: Io, colour: boolean): string {
  const paint = style(colour);
  const lines = found.flatMap(({ platform, binary, acts, option, times, hosts, lines: examples }) => {
    const where = option === undefined ? "an operand" : visible(option);
    const often = `${plural(times, "time")} on ${plural(hosts, "host")}`;
    return [
      `${paint.accent(visible(`${platform}/${binary}`))} ${acts.map((act) => ACTS[act]).join(", ")} ${paint.bold(where)} (${often})`,
      ...examples
        .slice(0, 2)
        .map(({ line }) => paint.dim(`    ${clip(visible(redact(line)), Math.max(20, columnsOf(io.stdout) - 5))}`)),
    ];
  });
  return lines.map((line) => `${line}\n`).join("");
}

function nothing(events: number, code: number): string {
  if (events === 0) return "No event of a process was read, so nothing can be said.";
  const what = "very argument that names what its process did is explained.";
  return code === EXIT.done ? `E${what}` : `In what could be read, e${what}`;
}

export const define: Define = (command, io, done) => {
  command
    .description("Find trusted programs that act on their arguments and that the catalogue does not explain.")
    .argument("<path...>", "files, folders or archives; - is stdin")
    .option("-o, --output <dir>", "write a draft of a catalogue entry for each program into this folder");
  logOptions(command);
  formatOption(command, FORMATS, "text", "ndjson");
  terminalOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => {
      const { discover } = await import("../../pipeline/discover.ts");
      const reading = await Reading.begin(io, paths, flags);
      const { found, events } = await discover(paths, reading.options);
      const leftOff = reading.endOrLeaveOff();
      if (leftOff !== undefined) return done(leftOff);
      const { format = "text" } = flags;
      if (format !== "text") io.stdout.write(dataText(found, format));
      else if (found.length === 0) io.stdout.write(`${nothing(events, reading.code)}\n`);
      else io.stdout.write(inWords(found, io, wantsColour(io, io.stdout, flags.color)));
      if (flags.output !== undefined) {
        const folder = resolve(io.cwd, flags.output);
        const { writeDrafts } = await import("../discover/write.ts");
        let written = 0;
        try {
          written = writeDrafts(found, folder);
        } catch (error) {
          if (error instanceof WhatranError) throw error;
          throw new WhatranError("usage", `${flags.output} cannot be written: ${reasonOf(error)}`);
        }
        io.stderr.write(`whatran: ${plural(written, "draft")} in ${flags.output}\n`);
      }
      done(reading.code);
    });
};
