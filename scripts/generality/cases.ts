import type { Catalog } from "../../src/catalog/catalog.ts";
import type { CatalogEntry } from "../../src/catalog/types.ts";
import type { ResolveVector, VectorFile } from "../../src/catalog/vectors.ts";
import { identity } from "../../src/cmdline/normal/identity.ts";
import type { Request } from "../../src/invocations/types.ts";
import { ROLES } from "../../src/model/payload.ts";
import type { Dice } from "../../test/fuzz/random.ts";
import { fresh } from "./fill.ts";

/** A vector of the catalogue with values of its own; what it must mean is known. */
export interface Case {
  readonly entry: CatalogEntry;
  readonly behaviour: string;
  readonly request: Request;
  /** `role identity` of every payload that the behaviour must show. */
  readonly wanted: readonly string[];
  /** Whether a value was put in place of the vector's own. */
  readonly filled: boolean;
}

const payloadTexts = (vector: ResolveVector) => [...new Set(ROLES.flatMap((role) => vector[role] ?? []))];

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether the text stands in the line by itself: one that ends before a blank would be cut out of a longer one. */
export const standsAlone = (line: string, text: string): boolean =>
  new RegExp(`(?<![\\w.\\\\/:])${escaped(text)}(?![\\w\\\\/])`).test(line);

/** Whether every place of the text in the line is inside double quotes, or an argument by itself. */
export function takesBlanks(line: string, text: string): boolean {
  return line.includes(`"${text}"`) && !new RegExp(`[^"]${escaped(text)}|${escaped(text)}[^"]`).test(line);
}

function swap(vector: ResolveVector, from: string, to: string): ResolveVector {
  const put = (text: string) => text.split(from).join(to);
  const roles = Object.fromEntries(ROLES.flatMap((role) => (vector[role] ? [[role, vector[role].map(put)]] : [])));
  return {
    ...vector,
    ...roles,
    ...(vector.line !== undefined && { line: put(vector.line) }),
    ...(vector.args && { args: vector.args.map(put) }),
  };
}

/** Puts fresh values in the place of those that the vector names and that stand in its line as they are. */
function fill(vector: ResolveVector, dice: Dice, windows: boolean): ResolveVector {
  let made = vector;
  for (const text of payloadTexts(vector).sort((a, b) => b.length - a.length)) {
    const line = made.line ?? (made.args ?? []).join("\n");
    if (!standsAlone(line, text)) continue;
    const value = fresh(text, dice, {
      blanks: made.line !== undefined && takesBlanks(line, text),
      ampersands: made.args !== undefined || (windows && !/[;(]|source=|^p(?:owershell|wsh)|\bset \w+=/i.test(line)),
    });
    if (value !== undefined && !/['"\\]$/.test(text)) made = swap(made, text, value);
  }
  return made;
}

/** The request of a vector, with values of its own where `dice` is given. */
export function caseOf(file: VectorFile, vector: ResolveVector, catalog: Catalog, dice?: Dice): Case | undefined {
  const entry = catalog.byId(file.entry);
  if (!entry) return undefined;
  const made = dice ? fill(vector, dice, (vector.platform ?? file.platform) === "windows") : vector;
  const { line, args, image, originalFileName, as, env, parent } = made;
  const platform = vector.platform ?? file.platform;
  return {
    entry,
    behaviour: vector.behaviour.includes("/") ? vector.behaviour : `${file.entry}/${vector.behaviour}`,
    request: {
      platform,
      ...(line !== undefined && { commandLine: line }),
      ...(args && { args }),
      ...(image !== undefined && { image }),
      ...(originalFileName !== undefined && { originalFileName }),
      ...(as && { as }),
      ...(env && { env }),
      ...(parent !== undefined && { parent }),
    },
    wanted: ROLES.flatMap((role) => (made[role] ?? []).map((text) => `${role} ${identity(text, platform)}`)),
    filled: made !== vector,
  };
}
