import type { FilePattern } from "../../model.ts";

/** What must hold of an act at once; of each side any of the patterns. */
export interface Clause {
  readonly subject?: readonly FilePattern[];
  readonly object?: readonly FilePattern[];
}

/** Alternatives of a group, and patterns of all of them, that are worked out. */
const MOST = 4096;
const MOST_PATTERNS = 1 << 16;
const TOO_MANY: FilePattern = { beyond: "a group with so many conditions is not worked out" };

/** One pattern that is met where both are. */
export function both(one: FilePattern, other: FilePattern): FilePattern {
  const isApart = Object.keys(other).every((key) => one[key as keyof FilePattern] === undefined);
  return isApart ? { ...one, ...other } : { ...one, also: [...(one.also ?? []), other] };
}

function joined(
  ones: readonly FilePattern[] | undefined,
  others: readonly FilePattern[] | undefined,
): readonly FilePattern[] | undefined {
  if (!ones || !others) return ones ?? others;
  if (ones.length * others.length > MOST) return [TOO_MANY];
  return ones.flatMap((one) => others.map((other) => both(one, other)));
}

function merged(one: Clause, other: Clause): Clause {
  const subject = joined(one.subject, other.subject);
  const object = joined(one.object, other.object);
  return { ...(subject && { subject }), ...(object && { object }) };
}

/** Alternatives that are about one and the same side are one clause. */
function condensed(clauses: readonly Clause[]): readonly Clause[] {
  const subject: FilePattern[] = [];
  const object: FilePattern[] = [];
  const rest: Clause[] = [];
  for (const clause of clauses) {
    // One by one: a call takes only so many arguments.
    if (clause.subject && !clause.object) for (const one of clause.subject) subject.push(one);
    else if (clause.object && !clause.subject) for (const one of clause.object) object.push(one);
    else rest.push(clause);
  }
  return [...(subject.length > 0 ? [{ subject }] : []), ...(object.length > 0 ? [{ object }] : []), ...rest];
}

/** How many patterns are made where both are joined: sides of which one says nothing are kept as they are. */
function patternsOf(ones: readonly Clause[], others: readonly Clause[]): number {
  let count = 0;
  for (const one of ones)
    for (const other of others)
      for (const side of ["subject", "object"] as const) count += (one[side]?.length ?? 0) * (other[side]?.length ?? 0);
  return count;
}

/** Where of each of these alternatives one holds. */
export function allOf(parts: readonly (readonly Clause[])[]): readonly Clause[] {
  let all: readonly Clause[] | undefined;
  for (const part of parts) {
    const next = condensed(part);
    if (!all) all = next;
    else if (all.length * next.length > MOST || patternsOf(all, next) > MOST_PATTERNS) return [{ object: [TOO_MANY] }];
    else all = all.flatMap((one) => next.map((other) => merged(one, other)));
  }
  return all ?? [];
}
