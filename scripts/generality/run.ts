import type { Catalog } from "../../src/catalog/catalog.ts";
import type { VectorFile } from "../../src/catalog/vectors.ts";
import { identity } from "../../src/cmdline/normal/identity.ts";
import { ROLES, resolvedOf } from "../../src/model/payload.ts";
import { Dice } from "../../test/fuzz/random.ts";
import { type Attempt, attempts } from "./attempts.ts";
import { type Case, caseOf } from "./cases.ts";
import { DECOY } from "./decoys.ts";
import { ask, difference, meaningOf } from "./judge.ts";

interface Miss extends Omit<Attempt, "within" | "among"> {
  readonly behaviour: string;
  readonly differs: readonly string[];
}

export interface Tally {
  /** How often each rewriting was tried. */
  readonly tried: ReadonlyMap<string, number>;
  readonly misses: readonly Miss[];
}

/** Payloads that the case must show and does not; a behaviour that went elsewhere may be told by the place of its payload. */
function lostPayloads({ request, behaviour, wanted }: Case, catalog: Catalog): readonly string[] {
  const matches = ask(request, catalog).invocations.flatMap(({ behaviours }) => behaviours);
  const shown = matches.filter(({ id }) => id === behaviour);
  if (shown.length === 0) return [`lost ${behaviour}`];
  const have = new Set(
    shown.flatMap((match) =>
      ROLES.flatMap((role) =>
        match[role].flatMap((payload) =>
          [payload.value, resolvedOf(payload)].map((text) => `${role} ${identity(text, request.platform)}`),
        ),
      ),
    ),
  );
  return wanted.filter((payload) => !have.has(payload)).map((payload) => `lost ${payload}`);
}

/** A number of 32 bits for a text (FNV-1a). */
function numberOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return hash >>> 0;
}

/** Tries a share of the vectors of all files with fresh values, and each in every way of writing that fits it. */
export function run(files: readonly VectorFile[], catalog: Catalog, seed: number, share = 1): Tally {
  const tried = new Map<string, number>();
  const misses: Miss[] = [];
  const note = (attempt: Omit<Attempt, "within" | "among">, behaviour: string, differs: readonly string[]) => {
    tried.set(attempt.rewriting, (tried.get(attempt.rewriting) ?? 0) + 1);
    if (differs.length > 0) misses.push({ ...attempt, behaviour, differs });
  };
  for (const file of files)
    for (const vector of file.resolve) {
      // By what it says, so that another vector changes nothing for this one.
      const dice = new Dice(seed, numberOf(JSON.stringify(vector)));
      if (dice.below(1000) >= share * 1000) continue;
      const one = caseOf(file, vector, catalog, dice);
      if (!one) continue;
      const { behaviour, request } = one;
      if (one.filled)
        note({ rewriting: "fresh", plain: request, other: request }, behaviour, lostPayloads(one, catalog));
      for (const { within, among, ...attempt } of attempts(one, dice)) {
        const other = meaningOf(ask(attempt.other, catalog), among);
        const differs = difference(meaningOf(ask(attempt.plain, catalog), among), other, within);
        const taken = [...other].filter((act) => DECOY.test(act));
        note(attempt, behaviour, [...differs, ...taken.map((act) => `took a decoy for ${act}`)]);
      }
    }
  return { tried, misses };
}
