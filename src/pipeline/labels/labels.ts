import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { entryOf } from "../../model/entry.ts";
import type { PayloadWhat } from "../../model/payload.ts";

/** A row of truth.jsonl: something that a finding should name. */
export interface TruthRow {
  readonly file: string;
  readonly record_ids: readonly number[];
  /** Zero-based positions of the records in the file; null where nobody counted. */
  readonly ordinals: readonly number[] | null;
  readonly event_id: readonly number[];
  readonly host: string;
  readonly binary: string;
  readonly command_line: string;
  readonly payload: string | null;
  readonly payload_kind: string;
  readonly remote: boolean;
  readonly technique: string;
  readonly also: readonly string[];
  readonly scope: string;
  readonly outcome: string;
  readonly os: string;
  readonly evidence: string;
  /** Records of what the run did, such as `child:cmd`, `load:C:\\…`, `net:…`; absent where nobody noted them. */
  readonly related?: readonly { readonly id: number; readonly event: number | null; readonly what: string }[];
}

/** A row of benign.jsonl. Only some labels say that a finding would be wrong: see `isWrongToReport`. */
export interface BenignRow {
  readonly file: string;
  readonly record_ids: readonly number[];
  readonly ordinals?: readonly number[] | null;
  readonly event_id: readonly number[];
  readonly host: string;
  readonly binary: string;
  readonly command_line: string;
  readonly os: string;
  readonly label: string;
  readonly reason: string;
}

export interface Labels {
  readonly truth: readonly TruthRow[];
  readonly benign: readonly BenignRow[];
}

const LABEL_FILES = ["truth.jsonl", "benign.jsonl", "acts.jsonl"];

/** The rows of a file of one JSON object a line; none where the file is not there. */
export function readLines<T>(path: string): T[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as T];
    } catch {
      throw new Error(`${path}:${i + 1}: not a JSON object`);
    }
  });
}

export function readLabels(folder: string): Labels {
  const [truth, benign] = LABEL_FILES.map((name) => join(folder, name)) as [string, string];
  return { truth: readLines(truth), benign: readLines(benign) };
}

/** What of a labelled folder is telemetry: everything in it but the labels and what describes them. */
export function telemetryIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => !LABEL_FILES.includes(name) && !/\.(md|txt)$|^\./i.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** On the other labels (attack_other, ambiguous, adjacent) a finding is neither right nor wrong. */
export function isWrongToReport(row: BenignRow): boolean {
  return row.label === "benign" || row.label === "benign_probable";
}

/** What a finding may call a payload of each labelled kind; a kind that is not here is not held against it. */
const WHAT: Record<string, readonly PayloadWhat[]> = {
  dll: ["library"],
  exe: ["executable"],
  msi: ["package"],
  inf: ["installerInfo"],
  inline: ["inlineCode"],
};

export function kindsOf(row: TruthRow): readonly PayloadWhat[] | undefined {
  return entryOf(WHAT, row.payload_kind);
}
