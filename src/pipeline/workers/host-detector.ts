import { createDetector, type Detector, type DetectorOptions } from "../../correlate/detector.ts";
import { EventStore } from "../../events/store.ts";
import type { Finding } from "../../model/finding.ts";
import type { Entry } from "../sort/entry.ts";
import type { Outcome, Portion } from "./protocol.ts";

/** Detects in the events of one host after another: no host's state bears on another's. */
export class HostDetector {
  readonly #detector: Detector;
  readonly #nothing: ReturnType<Detector["snapshot"]>;

  constructor(options: DetectorOptions) {
    this.#detector = createDetector(options);
    this.#nothing = this.#detector.snapshot();
  }

  take({ events, isLast }: Portion): readonly Outcome[] {
    const store = new EventStore(events);
    const found: Outcome[] = [];
    for (let at = 0; at < store.end; at = store.after(at)) found.push(...this.push({ store, at }));
    if (isLast) found.push(...this.end());
    return found;
  }

  push({ store, at }: Pick<Entry, "store" | "at">): readonly Outcome[] {
    const findings = this.#detector.push(store.at(at));
    return findings.length === 0 ? NOTHING : this.#told(findings);
  }

  /** There is no more of this host. */
  end(): readonly Outcome[] {
    const ended = this.#told(this.#detector.end());
    this.#detector.restore(this.#nothing);
    return ended;
  }

  #told(findings: readonly Finding[]): Outcome[] {
    return findings.map((finding) => ({ finding, trace: this.#detector.traceOf(finding) }));
  }
}

const NOTHING: readonly Outcome[] = [];
