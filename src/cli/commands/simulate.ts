import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { checkChoice, collect } from "../flags.ts";
import type { Io } from "../io.ts";
import { Reading } from "../reading.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran simulate --policy AppLocker.xml ./logs                     what a policy in the field would have done
  whatran simulate -P ./hardening ./logs                             the same for a folder that harden wrote
  whatran simulate --diff now.xml new.xml ./logs                     which decisions change
  whatran simulate -P SiPolicy.xml ./logs --format ndjson > all      one line per decided event

Decisions follow the product's documentation. What a log does not say (signers, versions, users) makes a decision
“undecided”, with the reason, unless it would be the same either way.`;

const FORMATS = ["table", "ndjson", "json"];

interface Flags {
  readonly policy?: readonly string[];
  readonly format?: string;
  readonly diff?: boolean;
  readonly inputFormat?: string;
  readonly mapping?: string;
  readonly catalog?: readonly string[];
  readonly quiet?: boolean;
}

function formatOf({ format }: Flags, io: Io): string {
  checkChoice("--format", format, FORMATS);
  return format ?? (io.stdout.isTTY ? "table" : "ndjson");
}

/** Policies and inputs: `--diff A B LOGS` names its policies before the logs. */
function sorted(
  words: readonly string[],
  flags: Flags,
): { readonly policies: readonly string[]; readonly paths: readonly string[] } {
  const given = flags.policy ?? [];
  const isShort = flags.diff === true && given.length === 0 && words.length > 2;
  return isShort ? { policies: words.slice(0, 2), paths: words.slice(2) } : { policies: given, paths: words };
}

async function runSimulate(words: readonly string[], flags: Flags, io: Io): Promise<number> {
  const { policies, paths } = sorted(words, flags);
  if (flags.diff && policies.length !== 2)
    throw new WhatranError("usage", "--diff compares two policies: --diff A B LOGS, or --policy twice");
  if (policies.length === 0) throw new WhatranError("usage", "simulate needs --policy; see whatran simulate --help");
  const format = formatOf(flags, io);
  const [
    { simulate },
    { loadPolicies },
    { simulationText },
    { PolicyDiff },
    { jsonLine, jsonPretty },
    { readMappingFile },
  ] = await Promise.all([
    import("../../pipeline/simulate.ts"),
    import("../../policies/load.ts"),
    import("../../policies/simulation-text.ts"),
    import("../../policies/diff.ts"),
    import("../../outputs/escape.ts"),
    import("../config/mapping.ts"),
  ]);
  const sets = policies.map((path) => loadPolicies(resolve(io.cwd, path)));
  const diff = flags.diff ? new PolicyDiff(sets[0]?.name ?? "", sets[1]?.name ?? "") : undefined;
  const mapping = flags.mapping === undefined ? undefined : await readMappingFile(flags.mapping, io.cwd);
  const quiet = flags.quiet ?? false;
  const reading = new Reading(io, paths, quiet);
  const result = await simulate(paths, sets, {
    catalogDirs: flags.catalog ?? [],
    ...(flags.inputFormat !== undefined && { inputFormat: flags.inputFormat }),
    ...(mapping && { mapping }),
    attacks: !diff && !(quiet && format === "ndjson"),
    ...reading.options,
    onDecided(decided, set) {
      if (format === "ndjson" && !diff) io.stdout.write(`${jsonLine(decided)}\n`);
      diff?.add(set === sets[0], { ...decided, rule: set.titleOf(decided.rule) ?? decided.rule });
    },
  });
  reading.end();
  if (diff) io.stdout.write(format === "table" ? diff.text() : `${jsonPretty({ changes: diff.result() })}\n`);
  else if (format === "json") io.stdout.write(`${jsonPretty(result)}\n`);
  else if (format === "table") io.stdout.write(simulationText(result));
  else if (!quiet) io.stderr.write(simulationText(result));
  return reading.code;
}

export const define: Define = (command, io, done) => {
  command
    .description("Replay policies on logs: attacks stopped and passed, people stopped, and what cannot be decided.")
    .argument("<path...>", "files, folders or archives; - is stdin")
    .option("-P, --policy <path>", "a policy, or a folder of policies that hold together; repeatable", collect)
    .option("-t, --format <name>", "table, ndjson or json (default: table on a terminal, ndjson in a pipe)")
    .option("--diff", "say which decisions differ between two policies, named before the logs or by --policy")
    .option("--input-format <name>", "read every input as this format (see whatran formats)")
    .option("--mapping <file>", "what the columns of tables or the keys of JSON mean (docs/formats.md)")
    .option("--catalog <dir>", "add or override binaries from a folder; repeatable", collect)
    .option("-q, --quiet", "the result only: no progress, no diagnostics, no summary")
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => done(await runSimulate(paths, flags, io)));
};
