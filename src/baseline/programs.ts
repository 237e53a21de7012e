import { isInstalled } from "../cmdline/normal/classify.ts";
import type { ResolvedInvocation } from "../invocations/types.ts";
import type { ProcessCreation } from "../model/event.ts";
import { keyOf, kindKey, partsOf } from "./keys.ts";

/** Most hashes of programs that are held of one baseline: some megabytes. */
const MAX_PROGRAMS = 200_000;

/** Hashes that tell a file from any other, in small letters, as logs write them: `SHA256=…,MD5=…`. */
function hashesIn(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const found = text.matchAll(/\b(MD5|SHA1|SHA256|SHA512)=([0-9a-f]{32,128})\b/gi);
  // A log that knows no hash of a file writes one of zeros.
  return [...found].flatMap(([, kind, hash]) => (/^0+$/.test(hash!) ? [] : `${kind}=${hash}`.toLowerCase()));
}

/** Keys of a start that tells which program of the catalogue a hash belongs to: under its own name, where it was installed. */
export function programKeys(
  { hashes, image, platform }: ProcessCreation,
  started: ResolvedInvocation,
): readonly string[] {
  const { by, renamed, entry, impostor } = started.binary;
  const isOwn = (by === "image" || by === "originalFileName") && !renamed && impostor === undefined;
  if (!isOwn || entry === undefined || image === undefined || !isInstalled(image, platform)) return [];
  return hashesIn(hashes).map((hash) => keyOf("program", hash, entry));
}

/** Which program of the catalogue a file is, by its hash, as far as hosts of the baseline started it under its own name. */
export class Programs {
  /** Hashes of several programs tell of none. */
  readonly #entries = new Map<string, string | undefined>();

  /** @param keys keys of the kind `program` */
  constructor(keys: Iterable<string>) {
    for (const key of keys) {
      const [hash, entry] = partsOf(key).parts;
      if (hash === undefined || entry === undefined) continue;
      if (this.#entries.has(hash) && this.#entries.get(hash) !== entry) this.#entries.set(hash, undefined);
      else if (this.#entries.size < MAX_PROGRAMS) this.#entries.set(hash, entry);
    }
  }

  /** Id of the catalogue's entry that a file with such hashes is. */
  of(hashes: string | undefined): string | undefined {
    if (this.#entries.size === 0) return undefined;
    for (const hash of hashesIn(hashes)) {
      const entry = this.#entries.get(hash);
      if (entry !== undefined) return entry;
    }
    return undefined;
  }
}

/** The beginning of all keys of programs. */
export const PROGRAM_KEYS = `${kindKey("program")}\u001f`;
