import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { WhatranError } from "../../errors.ts";
import type { Finding } from "../../model/finding.ts";
import { atLeast, type Level } from "../../model/level.ts";
import { jsonPretty } from "../../outputs/escape.ts";
import { redactCase, redactFinding } from "../../outputs/redact.ts";
import { outputForFile, outputNamed } from "../../outputs/registry.ts";
import { asideTexts } from "../../outputs/summary-text.ts";
import type { Outputs } from "../../pipeline/follow/follow.ts";
import { scan } from "../../pipeline/scan.ts";
import type { Settings } from "../config/settings.ts";
import { EXIT } from "../exit.ts";
import type { Io } from "../io.ts";
import { THREAD_FLAGS } from "../node20.ts";
import { checkOutput } from "../output-file.ts";
import { Reading } from "../reading.ts";
import { writeResult } from "../result-file.ts";
import type { CaseCures } from "./cures.ts";
import { filterOf, warnOfTags } from "./filters.ts";
import { openSinks, type Sink } from "./sinks.ts";

/**
 * Where there are more heaps than one, or findings wait, a heap is cleaned before it has grown to twice what it needs. The flag holds for the whole process, so that
 * programs which use the library are asked, and not told.
 */
const TIDY = "--heap-growing-percent=70";

/** Outputs that can be written to without end, and continued. */
const ENDLESS = /(?:^|\.)(?:table|ndjson|jsonl)$/i;

function checkFollow(files: readonly string[], { follow, state, format }: Settings<"scan">): void {
  if (state !== undefined && !follow) throw new WhatranError("usage", "--state is of use with --follow only");
  if (!follow) return;
  const names = format === undefined ? files : [format];
  const wrong = names.find((name) => !ENDLESS.test(name));
  if (wrong !== undefined)
    throw new WhatranError("usage", `--follow has no end, which ${wrong} needs; use ndjson or table`);
}

/** The way back of outputs to what they were when a state was saved, where all of them are files. */
function outputsOf(sinks: readonly Sink[]): { outputs?: Outputs } {
  const files = sinks.flatMap(({ file }) => file ?? []);
  if (files.length < sinks.length) return {};
  return {
    outputs: {
      sizes: () => files.map((file) => file.size()),
      rewind: (sizes) => sizes.length === files.length && files.every((file, at) => file.rewind(sizes[at] ?? 0)),
    },
  };
}

/** Loaded only where somebody is told it. */
async function curesFor(files: readonly string[], values: Settings<"scan">, io: Io): Promise<CaseCures | undefined> {
  const isPage = [values.format ?? "", ...files].some(
    (name) => outputNamed(name)?.name === "html" || outputForFile(name)?.name === "html",
  );
  if (!isPage && !values.cases && !values.cures) return undefined;
  const { CaseCures } = await import("./cures.ts");
  return CaseCures.load(values, io);
}

/** What settings ask of a scan. */
function asked(values: Settings<"scan">, cwd: string) {
  const filesOf = (names: readonly string[] = []) => names.map((file) => resolve(cwd, file));
  return {
    minLevel: values.minLevel ?? "low",
    hash: values.hash ?? false,
    cases: values.cases ?? false,
    ...(values.baseline !== undefined && { baseline: resolve(cwd, values.baseline) }),
    selfBaseline: values.selfBaseline ?? false,
    ...(values.prior !== undefined && { prior: values.prior }),
    allow: filesOf(values.allow),
    internal: values.internal ?? [],
    trustedHosts: filesOf(values.trustedHosts),
    indicators: filesOf(values.indicators),
    chainSettings: values.set ?? {},
    ...(values.threads !== undefined && { threads: values.threads }),
  };
}

/** Scans, writes what it finds, and yields the exit code. */
export async function runScan(
  paths: readonly string[],
  files: readonly string[],
  values: Settings<"scan">,
  io: Io,
): Promise<number> {
  const quiet = values.quiet ?? false;
  if (values.baseline !== undefined && values.selfBaseline)
    throw new WhatranError("usage", "--baseline and --self-baseline exclude each other");
  checkFollow(files, values);
  const clobber = values.clobber ?? false;
  checkOutput(values.summary, clobber, io);
  const reading = await Reading.begin(io, paths, values);
  const wanted = filterOf(values, Date.now());
  await warnOfTags(values, io);
  const cures = await curesFor(files, values, io);
  const sinks = await openSinks(
    {
      ...(cures && { cures: cures.inWords }),
      format: values.format,
      files,
      clobber,
      ...(values.state !== undefined ? { grows: "on" } : values.follow && { grows: "anew" }),
      colour: values.color ?? true,
      quiet,
      profile: values.profile ?? "verbose",
      beforeStdout: () => reading.clear(),
    },
    io,
  );
  const failLevel = values.failLevel;
  const counts: Partial<Record<Level, number>> = {};
  /** Ids of findings that were written, where cases ask for them. */
  const given = new Set<string>();
  let failed = false;
  const shownOf = (finding: Finding) => (values.redact ? redactFinding(finding) : finding);
  const run = values.follow ? (await import("../../pipeline/follow/follow.ts")).follow : scan;
  const done = await run(paths, {
    ...(values.state !== undefined && { state: resolve(io.cwd, values.state) }),
    onGiven() {
      for (const { flush } of sinks) flush();
    },
    ...outputsOf(sinks),
    // What follows without end has no costs that could be told before it.
    ...(!values.follow && cures?.pricing((finding) => (wanted(finding) ? shownOf(finding) : undefined))),
    ...asked(values, io.cwd),
    onHeld: () => setFlagsFromString(TIDY),
    ...(THREAD_FLAGS && { threadFlags: THREAD_FLAGS }),
    ...reading.options,
    onFinding(finding: Finding) {
      if (!wanted(finding)) return;
      counts[finding.level] = (counts[finding.level] ?? 0) + 1;
      failed ||= failLevel !== undefined && atLeast(finding.level, failLevel);
      const plain = shownOf(finding);
      const shown = values.cures && cures ? { ...plain, cures: cures.ofFinding(plain) } : plain;
      if (values.cases) {
        given.add(finding.id);
        cures?.remember(shown);
      }
      for (const { writer } of sinks) writer.finding(shown);
    },
    onCase(item) {
      // A case of findings that were filtered out is one, too.
      if (!item.findings.some((id) => given.has(id))) return;
      const shown = values.redact ? redactCase(item) : item;
      const lines = cures?.ofCase(item.findings) ?? [];
      const told = lines.length === 0 ? shown : { ...shown, cures: lines };
      for (const { writer } of sinks) writer.case?.(told);
    },
  });
  reading.end();
  // What filters took out was not found, as far as the reader is concerned.
  const summary = { ...done, findings: counts };
  for (const { writer, close } of sinks) {
    writer.end(summary);
    close();
  }
  // Ctrl-C is how following ends.
  const summed = values.follow ? { ...summary, interrupted: false } : summary;
  const isAside = !quiet && !sinks.some(({ writer }) => writer.tellsRun) && io.signal.reason !== "closed";
  if (isAside) for (const text of asideTexts(summed)) io.stderr.write(`whatran: ${text}\n`);
  if (values.summary !== undefined) writeResult(resolve(io.cwd, values.summary), `${jsonPretty(summary)}\n`, clobber);
  return reading.interrupted ?? (failed ? EXIT.findings : reading.code);
}
