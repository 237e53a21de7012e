import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { InputSummary, RunSummary } from "../../src/outputs/summary.ts";
import { type Ran, type Surroundings, whatran } from "./io.ts";
import { folder, processStart, SCRIPTLET } from "./logs.ts";

/** A folder with a good log in it, beside which bad inputs are scanned. */
export interface Bench {
  readonly path: string;
  /** A log with one finding. */
  readonly good: string;
  put(name: string, content: string | Uint8Array): string;
  /** Scans these paths, then the good log, whose finding must be there whatever the others are. */
  scan(paths: readonly string[], around?: Surroundings): Promise<Ran & { readonly summary: RunSummary }>;
  remove(): void;
}

/** One process start with a finding; another time and process than those that tests write. */
const GOOD = processStart(`${SCRIPTLET} good`, { "@timestamp": "2023-01-01T00:00:00.000Z" });

export function bench(): Bench {
  const dir = folder();
  const put = (name: string, content: string | Uint8Array): string => {
    const file = join(dir.path, name);
    writeFileSync(file, content);
    return file;
  };
  const good = put("good.ndjson", `${GOOD}\n`);
  let runs = 0;
  return {
    path: dir.path,
    good,
    put,
    remove: dir.remove,
    async scan(paths, around) {
      runs += 1;
      const file = join(dir.path, `summary-${runs}`);
      const ran = await whatran(["scan", ...paths, good, "--summary", file], around);
      expect(findingsOf(ran.out).filter(({ source }) => source.file === good)).toHaveLength(1);
      return { ...ran, summary: JSON.parse(readFileSync(file, "utf8")) as RunSummary };
    },
  };
}

interface Found {
  readonly commandLine?: string;
  readonly time?: string;
  readonly source: { readonly file: string };
}

/** The findings of an output in NDJSON. */
export function findingsOf(out: string): Found[] {
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Found);
}

export function inputOf(summary: RunSummary, file: string): InputSummary | undefined {
  return summary.inputs.find((input) => input.file === file);
}

/** The command line itself, for what needs a process of its own. */
export const MAIN = ["--import", "tsx", "src/cli/main.ts"];
