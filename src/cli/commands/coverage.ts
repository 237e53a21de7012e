import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { jsonPretty } from "../../outputs/escape.ts";
import { style } from "../../outputs/style.ts";
import type { Coverage } from "../../pipeline/coverage/types.ts";
import { type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import { formatOption } from "../format-option.ts";
import { columnsOf, type Io, wantsColour } from "../io.ts";
import { checkOutput } from "../output-file.ts";
import { Reading } from "../reading.ts";
import { writeResult } from "../result-file.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran coverage ./logs                                   hosts, periods, gaps, what is missing
  whatran coverage ./logs --format html -o coverage.html    the same as a page
  whatran coverage ./logs --navigator layer.json            a layer for ATT&CK Navigator

For each technique of T1218 it says which data components of ATT&CK's analytics the logs show, and
gives the text of the setting that would show the others: a Sysmon rule, an audit policy, an audit
rule.`;

const FORMATS = ["table", "json", "html"] as const;

interface Flags extends LogFlags {
  readonly format?: (typeof FORMATS)[number];
  readonly output?: string;
  readonly navigator?: string;
  readonly clobber?: boolean;
}

/** `--format`, else the name of the file, else a table on a terminal and JSON in a pipe. */
function formatOf({ format, output }: Flags, io: Io): string {
  const named = /\.(json|html?)$/i.exec(output ?? "")?.[1]?.toLowerCase();
  const byName = named === "json" ? "json" : named === undefined ? undefined : "html";
  return format ?? byName ?? (output !== undefined || io.stdout.isTTY ? "table" : "json");
}

async function rendered(result: Coverage, format: string, flags: Flags, io: Io): Promise<string> {
  if (format === "json") {
    const { jsonPretty } = await import("../../outputs/escape.ts");
    return `${jsonPretty(result)}\n`;
  }
  if (format === "html") return (await import("../coverage/html.ts")).coveragePage(result);
  const { coverageText } = await import("../coverage/text.ts");
  const paint = style(flags.output === undefined && wantsColour(io, io.stdout, flags.color));
  return coverageText(result, columnsOf(io.stdout), paint);
}

async function runCoverage(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  if (paths.length === 0)
    throw new WhatranError("usage", "coverage needs a file or a folder; see whatran coverage --help");
  const format = formatOf(flags, io);
  const { coverage } = await import("../../pipeline/coverage/coverage.ts");
  const clobber = flags.clobber ?? false;
  for (const file of [flags.output, flags.navigator]) checkOutput(file, clobber, io);
  const reading = await Reading.begin(io, paths, flags);
  const result = await coverage(paths, {
    ...reading.options,
  });
  reading.end();
  const text = await rendered(result, format, flags, io);
  if (flags.output === undefined) io.stdout.write(text);
  else writeResult(resolve(io.cwd, flags.output), text, clobber);
  if (flags.navigator !== undefined) {
    const { navigatorLayer } = await import("../coverage/navigator.ts");
    writeResult(resolve(io.cwd, flags.navigator), `${jsonPretty(navigatorLayer(result))}\n`, clobber);
  }
  return reading.code;
}

export const define: Define = (command, io, done) => {
  command
    .description("Say what logs let one see: hosts, periods, gaps, data components, and T1218 technique by technique.")
    .argument("[path...]", "files, folders or archives; - is stdin")
    .option("-o, --output <file>", "write to a file, format by its name")
    .option("--navigator <file>", "also write a layer for ATT&CK Navigator");
  logOptions(command);
  formatOption(command, FORMATS, "table on a terminal, json in a pipe");
  terminalOptions(command.option("-C, --clobber", "overwrite existing files"))
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => done(await runCoverage(paths, flags, io)));
};
