import { Option } from "commander";
import { style } from "../../outputs/style.ts";
import type { Probe } from "../../pipeline/probe.ts";
import { EXIT } from "../exit.ts";
import { dataText, formatOption } from "../format-option.ts";
import { type Io, wantsColour } from "../io.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran formats                          the formats that are read
  whatran formats ./case42                 what each file is taken for, what its first records say
  whatran formats own.csv --mapping m.yaml whether a mapping fits`;

const WRITTEN = ["table", "json", "ndjson"] as const;

interface Flags {
  readonly format?: (typeof WRITTEN)[number];
  readonly json?: boolean;
  readonly mapping?: string;
  readonly color?: boolean;
}

async function list({ json, format = json ? "json" : "table", color }: Flags, io: Io): Promise<number> {
  const { FORMATS } = await import("../../formats/registry.ts");
  const rows = FORMATS.map(({ name, title }) => ({ name, title }));
  const paint = style(wantsColour(io, io.stdout, color));
  const lines = rows.map(({ name, title }) => `${paint.accent(name.padEnd(16))} ${title}\n`);
  io.stdout.write(format === "table" ? lines.join("") : dataText(rows, format));
  return EXIT.done;
}

async function probePaths(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  const { format = flags.json ? "ndjson" : "table" } = flags;
  const { probe } = await import("../../pipeline/probe.ts");
  const { probeText } = await import("../formats/text.ts");
  const { readMappingFile } = await import("../config/mapping.ts");
  const mapping = flags.mapping === undefined ? undefined : await readMappingFile(flags.mapping, io.cwd);
  const paint = style(wantsColour(io, io.stdout, flags.color));
  const all: Probe[] = [];
  let unread = false;
  for await (const result of probe(paths, { stdin: io.stdin, ...(mapping && { mapping }) })) {
    if (io.signal.aborted) break;
    unread ||= result.diagnostics.some(({ code }) => code === "input/missing" || code === "input/unreadable");
    unread ||= paths.includes(result.file) && result.format === undefined;
    if (format === "json") all.push(result);
    else io.stdout.write(format === "ndjson" ? dataText(result, format) : probeText(result, paint));
  }
  if (format === "json") io.stdout.write(dataText(all, format));
  return unread ? EXIT.input : EXIT.done;
}

export const define: Define = (command, io, done) => {
  command
    .description("List the log formats that are read, or say what files are taken for. Formats are told by content.")
    .argument("[path...]", "files, folders or archives to look into; - is stdin")
    .option("--mapping <file>", "what the columns of tables or the keys of JSON mean (docs/formats.md)");
  formatOption(command, WRITTEN, "table")
    // As it was asked for before commands named formats: one document of the list, a line for each file.
    .addOption(new Option("--json").hideHelp())
    .option("-K, --no-color", "do not colour")
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) =>
      done(paths.length > 0 ? await probePaths(paths, flags, io) : await list(flags, io)),
    );
};
