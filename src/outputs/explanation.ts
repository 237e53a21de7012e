import type { Cure } from "../model/cure.ts";
import type { Explanation, Invocation } from "../model/invocation.ts";
import { jsonLine } from "./escape.ts";

/** Acts of one kind have the same list of cures, which is a good part of an answer. */
const written = new WeakMap<readonly Cure[], string>();

function curesLine(cures: readonly Cure[]): string {
  let text = written.get(cures);
  if (text === undefined) {
    text = jsonLine(cures);
    written.set(cures, text);
  }
  return text;
}

function invocationLine(invocation: Invocation): string {
  if (!invocation.cures) return jsonLine(invocation);
  return `${jsonLine({ ...invocation, cures: undefined }).slice(0, -1)},"cures":${curesLine(invocation.cures)}}`;
}

/** `jsonLine` of an answer whose invocations have their cures last, as answers do. */
export function explanationLine({ commandLine, invocations, verdict }: Explanation): string {
  return `{"commandLine":${jsonLine(commandLine)},"invocations":[${invocations.map(invocationLine).join(",")}],"verdict":${jsonLine(verdict)}}`;
}
