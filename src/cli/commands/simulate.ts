import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { collect, type LogFlags, logOptions, terminalOptions } from "../flags.ts";
import { formatOption } from "../format-option.ts";
import type { Io } from "../io.ts";
import { Reading } from "../reading.ts";
import type { Define } from "./define.ts";

const HELP = `
Examples:
  whatran simulate --policy AppLocker.xml ./logs                 what a policy in the field would do
  whatran simulate -P ./hardening ./logs                         the same for what harden wrote
  whatran simulate --diff now.xml new.xml ./logs                 which decisions change
  whatran simulate -P SiPolicy.xml ./logs --format ndjson > all  one line per decided event

Decisions follow the product's documentation. What a log does not say (signers, versions, users)
makes a decision “undecided”, with the reason, unless it would be the same either way.`;

const FORMATS = ["table", "ndjson", "json"] as const;

interface Flags extends LogFlags {
  readonly policy?: readonly string[];
  readonly format?: (typeof FORMATS)[number];
  readonly diff?: boolean;
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
  const { quiet, format = io.stdout.isTTY ? "table" : "ndjson" } = flags;
  const [{ simulate }, { loadPolicies }, { simulationText }, { PolicyDiff }, { jsonLine, jsonPretty }] =
    await Promise.all([
      import("../../pipeline/simulate.ts"),
      import("../../policies/load.ts"),
      import("../../policies/simulation-text.ts"),
      import("../../policies/diff.ts"),
      import("../../outputs/escape.ts"),
    ]);
  const sets = policies.map((path) => loadPolicies(resolve(io.cwd, path)));
  const diff = flags.diff ? new PolicyDiff(sets[0]?.name ?? "", sets[1]?.name ?? "") : undefined;
  const reading = await Reading.begin(io, paths, flags);
  const result = await simulate(paths, sets, {
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
    .option("--diff", "say which decisions differ between two policies, named before the logs or by --policy");
  logOptions(command);
  formatOption(command, FORMATS, "table on a terminal, ndjson in a pipe");
  terminalOptions(command)
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => done(await runSimulate(paths, flags, io)));
};
