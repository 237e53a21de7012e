import { ByteSource } from "../../decode/container/byte-source.ts";
import type { ContainerGuard } from "../../decode/container/guard.ts";
import { type Container, containerOf } from "../../decode/container/open.ts";
import type { ErrorCode } from "../../errors.ts";
import { HEAD } from "../../formats/detect.ts";
import type { InputOptions, InputSink, InputSummary } from "./options.ts";
import { readStream, skipped } from "./stream.ts";

/** Where a content stands: in which file or member, whether somebody named it, and how deep in containers. */
export interface Standing {
  readonly file: string;
  readonly named: boolean;
  readonly depth: number;
  readonly guard: ContainerGuard;
}

/** Reads a content: unpacks it as often as it is packed, and reads what is inside with the format that fits. */
export async function readContent(
  source: ByteSource,
  standing: Standing,
  options: InputOptions,
  sink: InputSink,
): Promise<InputSummary> {
  const container = containerOf(await source.peek(HEAD));
  if (!container) return readStream(source, standing, options, sink);
  const { file } = standing;
  const tell = (code: ErrorCode, message: string, offset?: number): void => {
    sink.diagnostic(offset === undefined ? { code, message, file } : { code, message, file, offset });
  };
  if (!container.open) {
    tell("container/unsupported", `compressed by ${container.name}`);
    return skipped(file, `compressed by ${container.name}`);
  }
  if (standing.depth >= standing.guard.limits.depth) {
    tell("container/too-deep", `more than ${standing.guard.limits.depth} containers in one another`);
    return skipped(file, "nested too deeply");
  }
  const wasStopped = standing.guard.stopped !== undefined;
  const summary = await readMembers({ ...container, open: container.open }, source, standing, options, sink, tell);
  const { stopped } = standing.guard;
  if (stopped !== undefined && !wasStopped) tell("container/limit", stopped);
  return summary;
}

async function readMembers(
  container: Required<Container>,
  source: ByteSource,
  standing: Standing,
  options: InputOptions,
  sink: InputSink,
  tell: (code: ErrorCode, message: string, offset?: number) => void,
): Promise<InputSummary> {
  const { file, named } = standing;
  const inside = { ...standing, depth: standing.depth + 1 };
  let content: InputSummary | undefined;
  let members = 0;
  let read = 0;
  for await (const { name, blocks } of container.open(source, standing.guard, tell)) {
    const inner = new ByteSource(blocks);
    if (name === undefined) content = await readContent(inner, inside, options, sink);
    else {
      const member = { ...inside, file: `${file}!${name}`, named: false };
      const summary = await readContent(inner, member, options, sink);
      sink.input(summary);
      members += 1;
      if (!summary.skipped) read += 1;
    }
    if (options.signal?.aborted) break;
  }
  if (content) return content;
  if (options.signal?.aborted) return { ...skipped(file, "aborted"), skipped: false, format: container.name };
  const summary = { file, bytes: source.offset, records: 0, damaged: 0, format: container.name };
  if (read > 0) return { ...summary, skipped: false };
  const reason = members === 0 ? "no member could be read" : "no format recognises any member";
  if (named) tell("input/unknown-format", reason);
  return { ...summary, skipped: true, reason };
}
