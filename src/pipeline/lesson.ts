import { createHash } from "node:crypto";
import { effectKeys, startKeys } from "../baseline/keys.ts";
import { Learner } from "../baseline/learner.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { ofProcess } from "../correlate/requests.ts";
import { baseName } from "../invocations/glob.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Event, EventKind, ProcessCreation } from "../model/event.ts";
import { judge } from "../score/judge.ts";
import { trains } from "../score/trains.ts";
import { isPlausible } from "./clock.ts";

/** What a baseline is made of. */
export const TAUGHT: ReadonlySet<EventKind> = new Set<EventKind>([
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
]);
/** Processes that were alerted on are remembered, so that nothing they do trains either. */
const MAX_ALERTED = 100_000;

const hostOf = (event: Event) => event.host?.split(".", 1)[0]?.toLowerCase();

/** Names the source log that an event stands in: host, channel, and the first event found in that file. */
class Shards {
  readonly #names = new Map<string, string>();
  of({ record, time, host }: Event): string {
    const where = `${record.file}\0${host}\0${record.channel}\0${record.provider}`;
    let name = this.#names.get(where);
    if (name === undefined) {
      const what = `${host?.toLowerCase()}\0${record.channel}\0${record.provider}\0${record.recordId ?? record.index}\0${time}`;
      name = createHash("sha256").update(what).digest("base64").slice(0, 8);
      this.#names.set(where, name);
    }
    return name;
  }
}

/** Turns events into counted keys. Suspicious starts teach nothing (see src/score/trains.ts), and neither does what their processes do. */
export class Lesson {
  readonly learner = new Learner();
  readonly #shards = new Shards();
  readonly #alerted = new Set<string>();
  readonly #catalog: Catalog;
  events = 0;
  alerted = 0;
  undated = 0;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  #idOf(image: string | undefined, platform: Event["platform"]): string | undefined {
    return image === undefined ? undefined : this.#catalog.byName(baseName(image), platform)?.id;
  }

  #keysOf(event: Event): readonly string[] {
    if (event.kind !== "processCreation") {
      if (event.process.key !== undefined && this.#alerted.has(event.process.key)) return [];
      return effectKeys(event, this.#idOf(event.process.image, event.platform));
    }
    const parent = event.parent.image;
    const child = effectKeys(event, this.#idOf(parent, event.platform));
    return [...this.#startOf(event, parent), ...child];
  }

  #startOf(event: ProcessCreation, parent: string | undefined): readonly string[] {
    const request = ofProcess(event);
    const resolution = resolve(request, this.#catalog);
    const judgement = judge(resolution, { parent, user: event.user, image: event.image, signature: event.signature });
    if (judgement && !trains(judgement, request.domain)) {
      this.alerted++;
      if (event.process.key !== undefined && this.#alerted.size < MAX_ALERTED) this.#alerted.add(event.process.key);
      return [];
    }
    return resolution.invocations
      .filter((invocation) => invocation.entry)
      .flatMap((invocation) =>
        startKeys(invocation, { parent: invocation.depth === 0 ? parent : undefined, user: event.user }),
      );
  }

  take(event: Event): void {
    this.events++;
    const host = hostOf(event);
    if (host === undefined || !isPlausible(event.time)) {
      this.undated++;
      return;
    }
    const occasion = { shard: this.#shards.of(event), host, time: event.time };
    this.learner.witness(occasion);
    const keys = this.#keysOf(event);
    if (keys.length > 0) this.learner.learn(keys, occasion);
  }
}
