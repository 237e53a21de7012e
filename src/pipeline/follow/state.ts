import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { CasesState } from "../../correlate/cases/builder.ts";
import type { DetectorState } from "../../correlate/snapshot.ts";
import { WhatranError } from "../../errors.ts";
import type { PlainEvent } from "../../events/plain.ts";
import type { Case } from "../../model/case.ts";
import type { Finding } from "../../model/finding.ts";
import { reasonOf } from "../../model/reason.ts";
import type { SavedFile } from "./file.ts";

/** What a followed run knows, between two of its steps. */
export interface FollowState {
  readonly files: readonly SavedFile[];
  readonly detector: DetectorState;
  readonly cases?: CasesState;
  /** Parts of texts whose other parts have not come. */
  readonly fragments: readonly PlainEvent[];
  /** How many results had been given out before those that follow. */
  readonly given: number;
  /** Results that are given out next. */
  readonly results: readonly (Finding | Case)[];
  /** Sizes that the outputs had before that, in bytes; absent where they are not all files. */
  readonly outputs?: readonly number[];
}

const SCHEMA = "whatran/follow/1";

/**
 * A state on disk. It is written as lines, so that no text of it grows with the number of hosts, into a new file that then takes the
 * place of the old one: a kill at any moment leaves one of the two. Beside it a counter says how many results were given out.
 */
export class StateFile {
  readonly #path: string;
  #counter: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The state that was saved last; undefined where there is none.
   * @throws WhatranError `state/version` or `state/damaged`
   */
  load(): FollowState | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new WhatranError("state/damaged", `${this.#path} cannot be read: ${reasonOf(error)}`);
    }
    return parse(text, this.#path);
  }

  /** The state without the results that the counter says were given out since it was saved. */
  uncounted(state: FollowState): FollowState {
    const behind = this.#readCounter() - state.given;
    const out = behind < 0 || behind > state.results.length ? 0 : behind;
    return { ...state, given: state.given + out, results: state.results.slice(out) };
  }

  save({ detector, results, ...rest }: FollowState): void {
    const { hosts, ...head } = detector;
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, "w", 0o600);
    try {
      const line = (value: unknown) => writeAll(file, `${JSON.stringify(value)}\n`);
      line({ schema: SCHEMA, ...rest, detector: head, hosts: hosts.length, results: results.length });
      for (const host of hosts) line(host);
      for (const result of results) line(result);
      line({ end: true });
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.#path);
  }

  /** Says that so many results were given out in all. */
  count(given: number): void {
    this.#counter ??= openSync(`${this.#path}.given`, "a+", 0o600);
    // Appended, so that a kill in the midst of it leaves the number before.
    writeAll(this.#counter, `${given}\n`);
  }

  /** The counter begins anew with a new state, so that it does not grow without end. */
  restartCounter(given: number): void {
    this.close();
    const fresh = `${this.#path}.given.new`;
    const file = openSync(fresh, "w", 0o600);
    writeAll(file, `${given}\n`);
    closeSync(file);
    renameSync(fresh, `${this.#path}.given`);
  }

  close(): void {
    if (this.#counter !== undefined) closeSync(this.#counter);
    this.#counter = undefined;
  }

  #readCounter(): number {
    try {
      const lines = readFileSync(`${this.#path}.given`, "utf8").split("\n");
      // What stands behind the last line feed was cut short.
      return Number(lines.at(-2) ?? 0);
    } catch {
      return 0;
    }
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function parse(text: string, path: string): FollowState {
  const damaged = () => new WhatranError("state/damaged", `${path} is no whole state of whatran`);
  const lines = text.split("\n");
  try {
    const { schema, hosts, results, detector, ...rest } = JSON.parse(lines[0] ?? "") as Omit<
      FollowState,
      "detector" | "results"
    > & { schema: string; hosts: number; results: number; detector: Omit<DetectorState, "hosts"> };
    if (schema !== SCHEMA) throw new WhatranError("state/version", `${path} is no state of this version of whatran`);
    if (lines[1 + hosts + results] !== '{"end":true}') throw damaged();
    const body = lines.slice(1, 1 + hosts + results).map((line) => JSON.parse(line) as unknown);
    return {
      ...rest,
      detector: { ...detector, hosts: body.slice(0, hosts) as DetectorState["hosts"] },
      results: body.slice(hosts) as FollowState["results"],
    };
  } catch (error) {
    throw error instanceof WhatranError ? error : damaged();
  }
}
