import { join } from "node:path";
import { dayOf } from "../baseline/days.ts";
import { BaselineFile } from "../baseline/file.ts";
import { History } from "../baseline/history.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { Event } from "../model/event.ts";
import { removeTemporary, temporaryFolder } from "../temporary.ts";
import { VERSION } from "../version.ts";
import { Lesson } from "./lesson.ts";

/** What a scan is told of the past: a baseline, or the scanned data themselves, or nothing. */
export interface KnownOptions {
  /** Path of a baseline that says what is normal here. */
  readonly baseline?: string;
  /** Rank by rarity inside the data that are scanned. Not together with `baseline`. */
  readonly selfBaseline?: boolean;
}

/** Where the past stands, for any thread to open. */
export interface Past {
  /** Path of a baseline. */
  readonly path: string;
  /** The day from which it is judged. */
  readonly day: number;
  /** As it is called in sentences. */
  readonly name: "the baseline" | "the scanned data";
}

export function openPast({ path, day, name }: Past, file = new BaselineFile(path)): History {
  return new History(file, day, name);
}

/** The past of a scan, opened before its first event and asked after its last. */
export class Known {
  readonly #lesson: Lesson | undefined;
  readonly #path: string | undefined;
  #file: BaselineFile | undefined;
  #folder: string | undefined;

  /** @throws WhatranError `baseline/…` where the baseline cannot be read */
  constructor({ baseline, selfBaseline }: KnownOptions, catalog: Catalog) {
    this.#path = baseline;
    if (baseline !== undefined) this.#file = new BaselineFile(baseline);
    else if (selfBaseline) this.#lesson = new Lesson(catalog);
  }

  /**
   * @param lastTime time of the latest event, milliseconds since the epoch: the day from which the past is judged
   * @param sorted the events of the scan in their order, where they are their own past
   */
  async past(lastTime: number, sorted: () => Iterable<Event> = () => []): Promise<Past | undefined> {
    const day = dayOf(lastTime);
    if (this.#path !== undefined) return { path: this.#path, day, name: "the baseline" };
    if (!this.#lesson) return undefined;
    await this.#lesson.learn(sorted);
    this.#folder = temporaryFolder("whatran-self-");
    const path = join(this.#folder, "baseline");
    this.#lesson.learner.finish(path, VERSION);
    return { path, day, name: "the scanned data" };
  }

  history(past: Past | undefined): History | undefined {
    if (!past) return undefined;
    this.#file ??= new BaselineFile(past.path);
    return openPast(past, this.#file);
  }

  close(): void {
    this.#lesson?.learner.close();
    this.#file?.close();
    if (this.#folder !== undefined) removeTemporary(this.#folder);
  }
}
