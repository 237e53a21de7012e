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

/**
 * What a file says, by a schema; undefined where it does not fit, and told of with its places and what to do.
 * @param model the file that shows all keys
 */
export function parse<T>(schema: z.ZodType<T>, source: Source, problems: Problem[], model: string): T | undefined {
  const result = schema.safeParse(source.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = issue.path as (string | number)[];
    const extra = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const at = extra === undefined ? path : [...path, extra];
    problems.push(problemAt(source, at, issueMessage(issue.message, path, extra, model), extra !== undefined));
  }
  return undefined;
}
