import type { z } from "zod";
import { type Problem, problemAt, type Source } from "./problem.ts";

/** What to do where the validator says what it expected only. */
const ADVICE: readonly [RegExp, string][] = [
  [/^Too small: expected string to have >=(\d+) characters$/, "too short; write at least $1 characters"],
  [/^Too small: expected array to have >=(\d+) items$/, "too few; name at least $1"],
  [/^Invalid input: expected string, received (?:number|boolean)$/, "$&; put it in quotes"],
  [/^Invalid option: expected one of /, "choose one of "],
];

/** What is wrong and what to do about it. */
function issueMessage(
  message: string,
  path: readonly (string | number)[],
  extra: string | undefined,
  model: string,
): string {
  if (extra !== undefined) return `“${extra}” is no key that is known here; ${model} shows them all`;
  if (/received undefined$/.test(message)) return `“${path.at(-1)}” is missing; ${model} shows what it says`;
  const advice = ADVICE.find(([pattern]) => pattern.test(message));
  const text = advice ? message.replace(...advice) : message;
  return path.length > 0 ? `${path.join(".")}: ${text}` : text;
}

type Issue = z.core.$ZodIssue;

/** Where several forms are allowed and none fits, what is wrong with the one that was meant: it fits furthest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union") return issue;
  const branches = issue.errors.map((issues) =>
    issues.map((one) => innermost({ ...one, path: [...issue.path, ...one.path] } as Issue)),
  );
  const depth = ([first]: readonly Issue[]) => first?.path.length ?? 0;
  const meant = branches.reduce((best, one) => (depth(one) > depth(best) ? one : best), branches[0] ?? []);
  return meant[0] && depth(meant) > issue.path.length ? meant[0] : issue;
}

/**
 * What a file says, by a schema; undefined where it does not fit, and told of with its places and what to do.
 * @param model the file that shows all keys
 * @param data what it says, where that is more than stands in the file itself
 */
export function parse<T>(
  schema: z.ZodType<T>,
  source: Source,
  problems: Problem[],
  model: string,
  data = source.data,
): T | undefined {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  for (const issue of result.error.issues.map(innermost)) {
    const path = issue.path as (string | number)[];
    const extra = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const at = extra === undefined ? path : [...path, extra];
    problems.push(problemAt(source, at, issueMessage(issue.message, path, extra, model), extra !== undefined));
  }
  return undefined;
}
