import type { ErrorCode } from "../../errors.ts";
import { bufferOf } from "../buffer.ts";
import type { ByteSource } from "./byte-source.ts";
import type { ContainerGuard } from "./guard.ts";

/** What a container holds: a file of an archive, or the content of a compressed file, which has no name of its own. */
export interface Member {
  readonly name: string | undefined;
  readonly blocks: AsyncIterable<Uint8Array>;
}

/** Tells what was wrong in a container; `offset` counts its own bytes. */
export type Tell = (code: ErrorCode, message: string, offset?: number) => void;

/** Yields the members one after the other; what a consumer leaves of one is passed over. Never throws on bad input. */
export type OpenContainer = (source: ByteSource, guard: ContainerGuard, tell: Tell) => AsyncGenerator<Member>;

const LONGEST_NAME = 1024;

/** A member's name as text: `/` between folders, control characters made visible. It is shown, never written to. */
export function memberName(bytes: Uint8Array): string {
  const buffer = bufferOf(bytes);
  const utf8 = buffer.toString("utf8");
  const name = utf8.includes("\ufffd") ? buffer.toString("latin1") : utf8;
  const clean = name
    .slice(0, LONGEST_NAME)
    .replaceAll("\\", "/")
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
  return clean === "" ? "unnamed" : clean;
}

/** Tells members of one name apart, so that (file, index) stays a key: the second `x` is `x#2`. */
export class MemberNames {
  private readonly seen = new Map<string, number>();

  unique(bytes: Uint8Array): string {
    const name = memberName(bytes);
    const count = (this.seen.get(name) ?? 0) + 1;
    this.seen.set(name, count);
    return count === 1 ? name : `${name}#${count}`;
  }
}

/** The next `count` bytes of a source. */
export async function* bounded(source: ByteSource, count: number): AsyncGenerator<Uint8Array> {
  for (let left = count; left > 0; ) {
    const block = await source.take(left);
    if (!block) return;
    left -= block.length;
    yield block;
  }
}
