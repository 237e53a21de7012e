import { resolve } from "node:path";
import { BaselineFile } from "../../baseline/file.ts";
import { WhatranError } from "../../errors.ts";
import { number, plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { VERSION } from "../../version.ts";
import { EXIT } from "../exit.ts";
import { formatOption } from "../format-option.ts";
import { columnsOf, type Io, wantsColour, writeTo } from "../io.ts";
import { checkOutput } from "../output-file.ts";
import type { Define } from "./define.ts";

const EXPORTS = ["ndjson", "parquet"] as const;

/** Opens baselines, hands them over, and closes them whatever happens. */
async function withFiles<T>(names: readonly string[], io: Io, use: (files: readonly BaselineFile[]) => T): Promise<T> {
  const files: BaselineFile[] = [];
  try {
    for (const name of names) files.push(new BaselineFile(resolve(io.cwd, name)));
    return await use(files);
  } finally {
    for (const file of files) file.close();
  }
}

function wholeNumber(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new WhatranError("usage", `${flag} takes a whole number, not “${text}”`);
  return Number(text);
}

async function print(lines: Iterable<string>, io: Io): Promise<void> {
  for (const line of lines) await writeTo(io.stdout, `${line}\n`);
}

export const define: Define = (command, io, done) => {
  command.description("What whatran learn has kept: show, merge, compare, prune, export or verify baselines.");
  command
    .command("show")
    .description("say what is normal here; with a binary, what it does, on how many hosts")
    .argument("<file>", "a baseline")
    .argument("[binary]", "such as rundll32 or linux/find")
    .option("-K, --no-color", "do not colour")
    .action(async (name: string, binary: string | undefined, flags: { color?: boolean }) => {
      const { overview, ofBinary } = await import("../baseline/show.ts");
      const colour = wantsColour(io, io.stdout, flags.color);
      const lines = (file: BaselineFile) =>
        binary === undefined ? overview(file, colour) : ofBinary(file, binary, columnsOf(io.stdout), colour);
      await withFiles([name], io, ([file]) => print(lines(file as BaselineFile), io));
      done(EXIT.done);
    });
  command
    .command("merge")
    .description("join baselines of several machines or days, in any order")
    .argument("<file...>", "baselines")
    .requiredOption("-o, --output <file>", "where to write the whole; may be one of those given")
    .action(async (names: string[], flags: { output: string }) => {
      const { mergeBaselines } = await import("../../baseline/merge.ts");
      checkOutput(flags.output, true, io);
      const target = resolve(io.cwd, flags.output);
      const keys = await withFiles(names, io, (files) => mergeBaselines(files, target, VERSION));
      io.stderr.write(`whatran: ${visible(flags.output)} has ${plural(keys, "key")}\n`);
      done(EXIT.done);
    });
  command
    .command("diff")
    .description("say what stands in one of two baselines only, as lines with - and +")
    .argument("<before>", "a baseline")
    .argument("<after>", "another one")
    .option("--hosts <n>", "only what at least n hosts showed", "1")
    .action(async (before: string, after: string, flags: { hosts: string }) => {
      const { differenceLines } = await import("../baseline/show.ts");
      const hosts = wholeNumber(flags.hosts, "--hosts") ?? 1;
      const counted = { gone: 0, fresh: 0, untold: 0 };
      await withFiles([before, after], io, (files) =>
        print(differenceLines(files as [BaselineFile, BaselineFile], hosts, counted), io),
      );
      const { gone, fresh, untold } = counted;
      const left = untold > 0 ? `; ${number(untold)} of them on fewer than ${plural(hosts, "host")} are not shown` : "";
      const told = `${plural(gone, "key")} in ${visible(before)} only, ${number(fresh)} in ${visible(after)} only`;
      io.stderr.write(`whatran: ${told}${left}\n`);
      done(EXIT.done);
    });
  command
    .command("prune")
    .description("drop what is old or rare, in place")
    .argument("<file>", "a baseline")
    .option("--days <n>", "drop what was not seen in the last n days learnt")
    .option("--keys <n>", "keep at most n keys, those of most hosts")
    .action(async (name: string, flags: { days?: string; keys?: string }) => {
      const days = wholeNumber(flags.days, "--days");
      const keys = wholeNumber(flags.keys, "--keys");
      if (days === undefined && keys === undefined) throw new WhatranError("usage", "prune needs --days or --keys");
      const { pruneBaseline } = await import("../../baseline/prune.ts");
      const limits = { ...(days !== undefined && { days }), ...(keys !== undefined && { keys }) };
      const left = await withFiles([name], io, ([file]) =>
        pruneBaseline(file as BaselineFile, resolve(io.cwd, name), limits),
      );
      io.stderr.write(`whatran: ${plural(left, "key")} left\n`);
      done(EXIT.done);
    });
  const exporting = command
    .command("export")
    .description("write every key with its counts, as NDJSON or Parquet")
    .argument("<file>", "a baseline");
  formatOption(exporting, EXPORTS, "ndjson; parquet needs the package @duckdb/node-api")
    .option("-o, --output <file>", "a file instead of stdout; Parquet needs one")
    .action(async (name: string, flags: { format?: (typeof EXPORTS)[number]; output?: string }) => {
      const { exportBaseline } = await import("../baseline/export.ts");
      await withFiles([name], io, ([file]) => exportBaseline(file as BaselineFile, flags, io));
      done(EXIT.done);
    });
  command
    .command("verify")
    .description("read a whole baseline and compare its checksum")
    .argument("<file>", "a baseline")
    .action(async (name: string) => {
      const { entries } = await withFiles([name], io, ([file]) => (file as BaselineFile).verify());
      io.stdout.write(`${visible(name)} is sound: ${plural(entries, "key")}\n`);
      done(EXIT.done);
    });
};
