import { classifyValue } from "../../cmdline/normal/classify.ts";
import { PROGRAM } from "../../cmdline/normal/disguise.ts";
import { isPlain } from "../../cmdline/normal/reach.ts";
import type { Platform } from "../../model/event.ts";
import { isAnonymous } from "./outside.ts";

/** A file that is named from the folder in which the line works. */
const BELOW = /^(?!\/|~)[^\s]+$/;

const SHARED_MEMORY = /^\/(?:dev|run)\/shm\//;
const TEMPORARY = /^\/(?:var\/)?tmp\//;

/** The archives that a text unpacks, for the programs that it starts afterwards. */
export class Archives {
  readonly #platform: Platform;
  /** Where the archive comes from that the line has fetched and unpacked. */
  #from: string | undefined;
  /** An archive that lay there already. */
  #lying: string | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  get isNone(): boolean {
    return this.#from === undefined && this.#lying === undefined;
  }

  /** The line itself unpacks an archive. @param origin where it has fetched that from: it brings what nobody had before */
  unpack(archive: string, origin: string | undefined): void {
    if (origin !== undefined) this.#from = origin;
    else this.#lying = archive;
  }

  /**
   * Where the archive comes from out of which a program may be: it lies where the line put things, without a folder or where users write.
   * On Linux software is built out of archives in that way, but not out of those of a machine that has no name, nor is it started in
   * shared memory, nor among temporary files by its whole name where anybody may have changed it on its way.
   * @param whole the program's path, with the folder in which the line works
   */
  fetched(program: string, whole: string): string | undefined {
    const from = this.#from;
    if (from === undefined) return undefined;
    if (this.#platform === "windows") {
      const isLoose = classifyValue(program, this.#platform).directoryClass === "relative" && PROGRAM.test(program);
      return isLoose || this.#isOpen(program) ? from : undefined;
    }
    const isOpen = isAnonymous(from) || (isPlain(from) && program.startsWith("/"));
    const isBelow = isAnonymous(from) && BELOW.test(program);
    return isBelow || SHARED_MEMORY.test(whole) || (isOpen && TEMPORARY.test(whole)) ? from : undefined;
  }

  /** An archive of this machine out of which a program may be: on Windows software is installed so, but not where users write. */
  lying(program: string): string | undefined {
    return this.#platform === "windows" && this.#isOpen(program) ? this.#lying : undefined;
  }

  #isOpen(program: string): boolean {
    return classifyValue(program, this.#platform).userWritable;
  }
}
