import { setFlagsFromString } from "node:v8";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Request } from "../../invocations/types.ts";
import type { Explanation } from "../../model/invocation.ts";
import { JsonLines } from "../../outputs/json-lines.ts";
import { judged, resolved } from "../../pipeline/explain.ts";
import { DiagnosticLog } from "../diagnostics.ts";
import { type Io, writeTo } from "../io.ts";
import { FOR_MANY_LINES } from "../node20.ts";
import { type Line, lineBlocks, MAX_LINE } from "./lines.ts";
import { type Asked, readRequest } from "./request.ts";

/** Answer to a line that cannot be read: every line has one, so that answers can be joined by position. */
function unreadable(commandLine: string, reason: string): Explanation {
  return {
    commandLine,
    invocations: [],
    verdict: { level: "informational", score: 0, text: `Error: the line ${reason}` },
  };
}

export interface BatchOptions {
  readonly catalog: Catalog;
  readonly defaults: Partial<Request>;
  /** Applied to each answer before it is written; `parent`: as the line, or else a flag, names it. */
  readonly finish: (explanation: Explanation, parent: string | undefined) => Explanation;
}

/**
 * Lines that take each step together: what a step needs, code above all, is at hand for all but the first of them then. What hundreds
 * of lines have made is not at hand itself when the next step takes it.
 */
const TOGETHER = 32;

/** Answers each line of stdin with one line, in order. Reads no faster than the answers are taken. */
export async function explainLines(options: BatchOptions, io: Io): Promise<void> {
  for (const flag of FOR_MANY_LINES) setFlagsFromString(flag);
  const log = new DiagnosticLog(io, false);
  let number = 0;
  const read = ({ text, cut }: Line): Asked => {
    number++;
    const asked = cut
      ? { error: `is longer than ${MAX_LINE} characters`, commandLine: "" }
      : readRequest(text, options.defaults);
    if ("error" in asked)
      log.add({ code: "explain/bad-line", message: `the line ${asked.error}`, file: "stdin", line: number });
    return asked;
  };
  const answersTo = (lines: readonly Line[]): readonly Explanation[] =>
    lines
      .map(read)
      .map((asked) => ("request" in asked ? { ...asked, resolution: resolved(asked.request, options.catalog) } : asked))
      .map((asked) =>
        "request" in asked
          ? { answer: judged(asked.request, asked.resolution).explanation, parent: asked.request.parent }
          : { answer: unreadable(asked.commandLine, asked.error), parent: undefined },
      )
      .map(({ answer, parent }) => options.finish(answer, parent));
  for await (const lines of lineBlocks(io.stdin, io.signal)) {
    const answers = new JsonLines();
    for (let from = 0; from < lines.length; from += TOGETHER)
      for (const answer of answersTo(lines.slice(from, from + TOGETHER))) answers.add(answer);
    await writeTo(io.stdout, answers.bytes);
  }
  log.end();
}
