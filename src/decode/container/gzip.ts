import type { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";
import { gunzip, type InflateEnd } from "./inflate.ts";
import type { Member, Tell } from "./member.ts";

/** RFC 1952. All members of the file are one content, as gzip itself reads them. */
export async function* openGzip(source: ByteSource, guard: ContainerGuard, tell: Tell): AsyncGenerator<Member> {
  const end: InflateEnd = {};
  yield { name: undefined, blocks: gunzip(source, guard, end) };
  if (end.flaw !== undefined) tell("container/damaged", `gzip: ${end.flaw}`, source.offset);
}
