import { createHash } from "node:crypto";
import { effectKeys, kindKey, partsOf, startKeys } from "../baseline/keys.ts";
import { Learner } from "../baseline/learner.ts";
import { actorImage, idOfImage } from "../baseline/news.ts";
import { programKeys } from "../baseline/programs.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { createDetector } from "../correlate/detector.ts";
import { isOfInterest } from "../correlate/interest.ts";
import type { Pending } from "../correlate/pending.ts";
import { sourceOf } from "../correlate/refs.ts";
import { ofProcess } from "../correlate/requests.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Event, ProcessCreation } from "../model/event.ts";
import { shortHost } from "../model/host.ts";
import { placeOf } from "../policies/cure/costs/by-logs.ts";
import { judge } from "../score/judge.ts";
import type { Scored } from "../score/score.ts";
import { trains } from "../score/trains.ts";
import { isPlausible } from "./clock.ts";
import { ALERTED, Found } from "./found.ts";
import { inTurns } from "./turns.ts";

/** Most uses of programs that nobody has listed that are learnt in one run. */
const MAX_PROXIES = 100_000;

/**
 * Names the source log that an event stands in: host, channel, and the first event there, whether or not anything is learnt from it. So
 * the name is that of the log, and neither of the catalogue nor of the build that learns it: learning it again with another changes no
 * more than what that one understands otherwise.
 */
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

/**
 * Turns events into counted keys. What a scan would alert on, by itself or by what happened around it, teaches nothing (see
 * src/score/trains.ts), and neither does what its process and their children do.
 */
export class Lesson {
  readonly learner = new Learner();
  readonly #shards = new Shards();
  readonly #found = new Found();
  /** Keys of what processes did that turned out to be proxies which nobody has listed, by the place of their start. */
  readonly #proxies = new Map<string, readonly string[]>();
  readonly #catalog: Catalog;
  events = 0;
  alerted = 0;
  undated = 0;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** Is to see every event of a log in its order there, before any is left out. */
  see(event: Event): void {
    this.#shards.of(event);
  }

  /**
   * Learns from events in the order of host and time. They are gone through twice: what is alerted on often shows only by what follows.
   */
  async learn(sorted: () => Iterable<Event>, signal?: AbortSignal): Promise<void> {
    const gate = { hides: (pending: Pending, scored: Scored) => this.#meet(pending, scored) };
    const detector = createDetector({ catalog: this.#catalog, minLevel: "informational", hostByHost: true, gate });
    const each = (take: (event: Event) => unknown) =>
      inTurns(sorted(), (event) => isOfInterest(event, this.#catalog) && take(event), signal);
    await each((event) => detector.push(event));
    detector.end();
    await each((event) => this.#take(event));
  }

  /** Takes note of what a scan would find; nothing is given out. */
  #meet({ judgement, origin, subject, around, related, resolution }: Pending, scored: Scored): true {
    const { source, user } = subject;
    if (!trains({ ...judgement, scored }, resolution.request.domain))
      this.#found.add({ level: scored.level, source, related });
    else if (origin.kind === "proxy" && this.#proxies.size < MAX_PROXIES)
      this.#proxies.set(placeOf(source), startKeys(judgement.invocation, { parent: around.parent, user }));
    return true;
  }

  #keysOf(event: Event): readonly string[] {
    const did = effectKeys(event, idOfImage(actorImage(event), event, this.#catalog));
    const effects = did.flatMap((key) => [key, kindKey(partsOf(key).kind)]);
    return event.kind === "processCreation" ? [...this.#startOf(event), ...effects] : effects;
  }

  #startOf(event: ProcessCreation): readonly string[] {
    const { user } = event;
    const parent = event.parent.image;
    const request = ofProcess(event);
    const resolution = resolve(request, this.#catalog);
    const judgement = judge(resolution, { parent });
    // So many may have been found that not all are remembered: what is alerted on by itself is known without.
    if (judgement && !trains(judgement, request.domain)) {
      this.alerted++;
      this.#found.add({ level: ALERTED, source: sourceOf(event), related: [] });
      this.#found.of(event);
      return [];
    }
    const own = resolution.invocations
      .filter((invocation) => invocation.entry)
      .flatMap((invocation) => startKeys(invocation, { parent: invocation.depth === 0 ? parent : undefined, user }));
    const [started] = resolution.invocations;
    const program = started ? programKeys(event, started) : [];
    return [...own, ...program, ...(this.#proxies.get(placeOf(event.record)) ?? [])];
  }

  #take(event: Event): void {
    this.events++;
    const host = shortHost(event.host);
    if (host === undefined || !isPlausible(event.time)) {
      this.undated++;
      return;
    }
    const occasion = { shard: this.#shards.of(event), host, time: event.time };
    this.learner.witness(occasion);
    if (this.#found.of(event) === "alerted") {
      if (event.kind === "processCreation") this.alerted++;
      return;
    }
    const keys = this.#keysOf(event);
    if (keys.length > 0) this.learner.learn([...new Set(keys)], occasion);
  }
}
