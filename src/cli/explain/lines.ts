import { StringDecoder } from "node:string_decoder";

/** Longest line that is kept, in characters: a command line of ten million, each of which JSON may write as six, and what surrounds it. */
export const MAX_LINE = 64 * 1024 * 1024;

export interface Line {
  readonly text: string;
  /** True where the line was longer than MAX_LINE and its end was dropped. */
  readonly cut: boolean;
}

/** The blocks of a stream; one that is destroyed because the run was aborted has ended, which is no error. */
async function* untilAborted<T>(stream: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    for await (const block of stream) {
      if (signal.aborted) return;
      yield block;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** Lines of a byte stream, block by block, so that one await serves many lines. A last line needs no line end. */
export async function* lineBlocks(
  stream: AsyncIterable<Buffer | string>,
  signal: AbortSignal,
  most = MAX_LINE,
): AsyncGenerator<Line[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let cut = false;
  let first = true;
  const line = (end: string): Line => {
    const text = rest + end;
    const made = {
      text: (text.endsWith("\r") ? text.slice(0, -1) : text).slice(0, most),
      cut: cut || text.length > most,
    };
    rest = "";
    cut = false;
    return made;
  };
  for await (const block of untilAborted(stream, signal)) {
    let text = typeof block === "string" ? block : decoder.write(block);
    if (first && text !== "") {
      first = false;
      if (text.startsWith("\ufeff")) text = text.slice(1);
    }
    const parts = text.split("\n");
    const last = parts.pop() as string;
    const lines = parts.map(line);
    rest += last;
    if (rest.length > most) {
      rest = rest.slice(0, most);
      cut = true;
    }
    if (lines.length > 0) yield lines;
  }
  const end = decoder.end();
  if (rest !== "" || end !== "" || cut) yield [line(end)];
}
