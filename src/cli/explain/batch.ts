import { setFlagsFromString } from "node:v8";
import type { Catalog } from "../../catalog/catalog.ts";
import type { Request } from "../../invocations/types.ts";
import type { Explanation } from "../../model/invocation.ts";
import { JsonLines } from "../../outputs/json-lines.ts";
import { explain } from "../../pipeline/explain.ts";
import { DiagnosticLog } from "../diagnostics.ts";
import { type Io, writeTo } from "../io.ts";
import { FOR_MANY_LINES } from "../node20.ts";
import { type Line, lineBlocks, MAX_LINE } from "./lines.ts";
import { readRequest } from "./request.ts";

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

/** Answers each line of stdin with one line, in order. Reads no faster than the answers are taken. */
export async function explainLines(options: BatchOptions, io: Io): Promise<void> {
  for (const flag of FOR_MANY_LINES) setFlagsFromString(flag);
  const log = new DiagnosticLog(io, false);
  let number = 0;
  const answer = ({ text, cut }: Line): Explanation => {
    number++;
    const asked = cut
      ? { error: `is longer than ${MAX_LINE} characters`, commandLine: "" }
      : readRequest(text, options.defaults);
    if ("request" in asked)
      return options.finish(explain(asked.request, options.catalog).explanation, asked.request.parent);
    log.add({ code: "explain/bad-line", message: `the line ${asked.error}`, file: "stdin", line: number });
    return options.finish(unreadable(asked.commandLine, asked.error), undefined);
  };
  for await (const lines of lineBlocks(io.stdin, io.signal)) {
    const answers = new JsonLines();
    for (const line of lines) answers.add(answer(line));
    await writeTo(io.stdout, answers.bytes);
  }
  log.end();
}
