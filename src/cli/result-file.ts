import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { removeOrphans } from "../baseline/write.ts";
import { refusedOutput } from "./output-file.ts";

/** Text kept back before it is written. */
const BLOCK = 64 * 1024;

export interface ResultFileOptions {
  /** An existing file may be replaced. */
  readonly clobber: boolean;
  /** What is written is read while it grows, or continued: it goes into the file itself. */
  readonly grows?: "anew" | "on" | undefined;
}

/** What is not whole when the process ends, however it ends short of being killed. */
const unfinished = new Set<string>();
function removeUnfinished(): void {
  for (const part of unfinished) rmSync(part, { force: true });
}

/**
 * A file that a result goes to. It is written beside its place and renamed into it when it is whole: whoever dies midway leaves what
 * was there before. Devices and pipes are written as they are. All methods throw WhatranError `usage` for what the system refuses.
 */
export class ResultFile {
  readonly #path: string;
  readonly #clobber: boolean;
  /** Undefined where the file is written in its place. */
  #part: string | undefined;
  readonly #file: number;
  #parts: string[] = [];
  #held = 0;

  /** Makes the file at once, so that a wrong path is known before the work. */
  constructor(path: string, { clobber, grows }: ResultFileOptions) {
    this.#clobber = clobber;
    const there = existsSync(path) ? statSync(path) : undefined;
    // The name may be a link, which stays one.
    this.#path = there ? realpathSync(path) : path;
    if (grows || (there && !there.isFile())) this.#file = this.#open(path, grows === "on" ? "a" : clobber ? "w" : "wx");
    else this.#file = this.#beside(there);
  }

  #beside(there: Stats | undefined): number {
    if (there && !this.#clobber) throw refusedOutput(this.#path, { code: "EEXIST" });
    this.#part = `${this.#path}.${process.pid}.part`;
    try {
      const file = openSync(this.#part, "w");
      if (there) fchmodSync(file, there.mode & 0o777);
      if (unfinished.size === 0) process.once("exit", removeUnfinished);
      unfinished.add(this.#part);
      return file;
    } catch (error) {
      // A folder that takes no new file may hold one that can be written.
      if (!there) throw refusedOutput(this.#path, error);
      this.#part = undefined;
      return this.#open(this.#path, "w");
    }
  }

  #open(path: string, mode: string): number {
    return this.#asked(() => openSync(path, mode));
  }

  #asked<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw refusedOutput(this.#path, error);
    }
  }

  write(text: string): void {
    this.#parts.push(text);
    this.#held += text.length;
    if (this.#held >= BLOCK) this.flush();
  }

  flush(): void {
    const bytes = Buffer.from(this.#parts.join(""));
    this.#parts = [];
    this.#held = 0;
    for (let at = 0; at < bytes.length; ) at += this.#asked(() => writeSync(this.#file, bytes, at));
  }

  size(): number {
    this.flush();
    return fstatSync(this.#file).size;
  }

  /** Goes back to an earlier size; false where the file is shorter than that. */
  rewind(size: number): boolean {
    if (this.size() < size) return false;
    ftruncateSync(this.#file, size);
    return true;
  }

  /** It is whole, and takes its place. */
  close(): void {
    this.flush();
    closeSync(this.#file);
    const part = this.#part;
    if (part === undefined) return;
    this.#asked(() => {
      // Somebody else may have written it meanwhile.
      if (!this.#clobber && existsSync(this.#path)) throw { code: "EEXIST" };
      renameSync(part, this.#path);
      removeOrphans(this.#path);
    });
    unfinished.delete(part);
    if (unfinished.size === 0) process.off("exit", removeUnfinished);
  }
}

/** Writes a result that is at hand. @throws WhatranError `usage` */
export function writeResult(path: string, texts: string | Iterable<string>, clobber: boolean): void {
  const file = new ResultFile(path, { clobber });
  for (const text of typeof texts === "string" ? [texts] : texts) file.write(text);
  file.close();
}
