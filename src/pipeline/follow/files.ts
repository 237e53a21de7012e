import type { Diagnostic } from "../../model/diagnostic.ts";
import { reasonOf } from "../../model/reason.ts";
import { walk } from "../inputs/walk.ts";
import { type FileReading, FollowedFile, MovedError, type SavedFile } from "./file.ts";

/** Most files that are remembered; those that are gone for longest go first. */
const MAX_FILES = 10_000;
/** Most different diagnostics; a file that is read anew would repeat them. */
const MAX_TOLD = 5_000;

/** All files below some paths, old and new, while they are written. */
export class FollowedFiles {
  readonly #paths: readonly string[];
  readonly #reading: FileReading;
  readonly #files = new Map<string, FollowedFile>();
  readonly #saved: Map<string, SavedFile>;
  readonly #told = new Set<string>();
  readonly #tell: (diagnostic: Diagnostic) => void;

  constructor(paths: readonly string[], reading: FileReading, saved: readonly SavedFile[] = []) {
    this.#paths = paths;
    const { sink } = reading;
    this.#tell = (diagnostic) => {
      const key = `${diagnostic.code}|${diagnostic.file}|${diagnostic.offset ?? diagnostic.line ?? diagnostic.message}`;
      if (this.#told.has(key) || this.#told.size >= MAX_TOLD) return;
      this.#told.add(key);
      sink.diagnostic(diagnostic);
    };
    this.#reading = { ...reading, sink: { record: (record) => sink.record(record), diagnostic: this.#tell } };
    this.#saved = new Map(saved.map((file) => [file.id, file]));
  }

  save(): readonly SavedFile[] {
    const live = [...this.#files.values()].map((file) => file.save());
    const gone = [...this.#saved.values()].filter(({ id }) => !this.#files.has(id));
    return [...gone, ...live].slice(-MAX_FILES);
  }

  /** Reads what is new in all files; yields how many had something. */
  async poll(): Promise<number> {
    const tell = this.#tell;
    let read = 0;
    for (const found of walk(this.#paths)) {
      if (this.#reading.options.signal?.aborted) break;
      if (found.kind === "problem") tell({ code: found.code, message: found.message, file: found.name });
      if (found.kind !== "file") continue;
      try {
        const { dev, ino, size, mtimeNs } = found.stats;
        const file = this.#fileOf(`${dev}:${ino}`, found.path, found.name);
        if (await file.read(Number(size), String(mtimeNs))) read++;
      } catch (error) {
        if (error instanceof MovedError) continue;
        // Gone between the look at its folder and its opening, or not ours to read.
        tell({ code: "input/unreadable", message: reasonOf(error), file: found.name });
      }
    }
    return read;
  }

  /** A file goes by its inode: a log that was renamed when a new one began is not read again. */
  #fileOf(id: string, path: string, name: string): FollowedFile {
    const known = this.#files.get(id);
    if (known?.name === name) return known;
    const file = new FollowedFile(id, path, name, this.#reading, known?.save() ?? this.#saved.get(id));
    this.#files.set(id, file);
    return file;
  }
}
