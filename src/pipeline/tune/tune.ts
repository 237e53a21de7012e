import { stringify } from "yaml";
import type { Catalog } from "../../catalog/catalog.ts";
import { loadCatalog } from "../../catalog/load.ts";
import { Source } from "../../catalog/problem.ts";
import type { AllowEntry } from "../../correlate/allow/entry.ts";
import { readAllowFile } from "../../correlate/allow/read.ts";
import { WhatranError } from "../../errors.ts";
import type { Finding } from "../../model/finding.ts";
import type { Verdict } from "../labels/feedback.ts";
import { indexFindings } from "../labels/join.ts";
import { readLabels, telemetryIn } from "../labels/labels.ts";
import { type ScanOptions, scan } from "../scan.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type Effect, Effects } from "./effect.ts";
import { type Group, Recurring } from "./recurring.ts";

const NO_FACTS = "their files lie where anybody can put one, and the log names neither signer nor hash";
const NO_FILE = "what they run is no file in a folder: code, a web address, a bare name";

export interface TuneOptions extends Omit<ScanOptions, "gate" | "allow" | "cases" | "onFinding" | "onCase"> {
  /** A finding recurs if there are so many like it. */
  readonly times: number;
  /** Folder with truth.jsonl and the logs that it labels. */
  readonly labels?: string;
  /** What analysts said of findings, by id. */
  readonly feedback?: ReadonlyMap<string, Verdict>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The last day on which proposed entries hold, such as `2027-03-31`. */
  readonly expires: string;
}

export interface Proposal {
  readonly draft: Draft;
  /** What it would hide in the history; where that includes what is known to be true, it must not be used. */
  readonly effect: Effect;
}

export interface Tuned {
  readonly proposals: readonly Proposal[];
  /** How many findings no entry may or can answer for, by the reason. */
  readonly refused: ReadonlyMap<string, number>;
  /** Labelled rows of true acts that were put to the test; undefined without labels. */
  readonly proven?: number;
}

/** What somebody has to fill in before an entry holds; the reader of allow-lists asks for it. */
const ANSWERED = { reason: "proposed", author: "proposed" };

/** Drafts that the reader of allow-lists would accept, once somebody answers for them. */
function accepted(
  drafts: readonly Draft[],
  catalog: Catalog,
  refuse: (draft: Draft, why: string) => void,
): AllowEntry[] {
  return drafts.flatMap((draft) => {
    const text = stringify({ allow: [{ ...draft, ...ANSWERED }] });
    const { entries, problems } = readAllowFile(new Source("proposal", text), catalog);
    if (problems[0]) refuse(draft, problems[0].message);
    return entries;
  });
}

/** Effects of the entries in a labelled folder, where what stands on a row of a true act is lost; and how many such rows there are. */
async function prove(folder: string, entries: readonly AllowEntry[], options: TuneOptions) {
  const { truth } = readLabels(folder);
  if (truth.length === 0) throw new WhatranError("usage", `${folder} has no truth.jsonl with labelled findings`);
  const hidden = new Map<Finding, Effect>();
  const gate = new Effects(entries, options.now, (finding, effect) => hidden.set(finding, effect));
  await scan(telemetryIn(folder), { ...options, hash: false, gate, onFinding() {} });
  const index = indexFindings([...hidden.keys()], folder);
  for (const row of truth) {
    const { direct, related } = index.match(row);
    const acts = related.filter(({ role }) => role !== "evidence").map(({ finding }) => finding);
    for (const finding of [...direct, ...acts]) hidden.get(finding)?.lost.push(finding.id);
  }
  return { rows: truth.length, effects: gate.effects };
}

/** A short name for an entry that people can speak of. */
const nameOf = ({ behaviour }: Group, at: number) => `${behaviour.split("/").slice(1).join("-")}-${at + 1}`;

/**
 * Proposes allow-list entries from findings that recur in a history, says what each would hide there, and holds each against findings
 * that are known to be true.
 * @throws WhatranError for an operator's mistake
 */
export async function tune(paths: readonly string[], options: TuneOptions): Promise<Tuned> {
  const catalog = await loadCatalog(options.catalogDirs);
  const recurring = new Recurring();
  await scan(paths, { ...options, gate: recurring, onFinding() {} });
  const groups = recurring.groups.filter(({ times }) => times >= options.times).toSorted((a, b) => b.times - a.times);
  const refused = new Map<string, number>();
  const refuse = (why: string, times: number) => refused.set(why, (refused.get(why) ?? 0) + times);
  if (recurring.unnamed > 0) refuse(NO_FILE, recurring.unnamed);
  const times = new Map<Draft, number>();
  for (const [at, group] of groups.entries()) {
    const draft = draftOf(group, nameOf(group, at), options.expires);
    if (draft) times.set(draft, group.times);
    else refuse(NO_FACTS, group.times);
  }
  const drafts = [...times.keys()];
  const entries = accepted(drafts, catalog, (draft, why) => refuse(why, times.get(draft) ?? 0));
  const isTrue = (finding: Finding) => options.feedback?.get(finding.id) === "true";
  const gate = new Effects(entries, options.now, (finding, effect) => {
    if (isTrue(finding)) effect.lost.push(finding.id);
  });
  const silent = { ...options, onDiagnostic() {} };
  await scan(paths, { ...silent, gate, onFinding() {} });
  const proof = options.labels === undefined ? undefined : await prove(options.labels, entries, silent);
  const proposals = entries.flatMap(({ id }): Proposal[] => {
    const effect = gate.effects.get(id);
    const draft = drafts.find((one) => one.id === id);
    if (!effect || !draft || effect.findings === 0) return [];
    return [{ draft, effect: { ...effect, lost: [...effect.lost, ...(proof?.effects.get(id)?.lost ?? [])] } }];
  });
  return { proposals, refused, ...(proof && { proven: proof.rows }) };
}
