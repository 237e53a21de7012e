import type { Catalog } from "../../catalog/catalog.ts";
import { createDetector, type Detector } from "../../correlate/detector.ts";
import { EventStore } from "../../events/store.ts";
import type { Finding } from "../../model/finding.ts";
import { openPast } from "../known.ts";
import { loadSite } from "../site.ts";
import type { Detected, Detecting, Outcome, Portion } from "./protocol.ts";

/** Detects in the events of one host after another: no host's state bears on another's. */
export class HostDetector {
  readonly #detector: Detector;
  readonly #nothing: ReturnType<Detector["snapshot"]>;

  constructor(catalog: Catalog, { past, site, ...options }: Detecting) {
    const history = past && openPast(past);
    this.#detector = createDetector({ catalog, site: loadSite(site), ...options, ...(history && { history }) });
    this.#nothing = this.#detector.snapshot();
  }

  take({ events, isLast }: Portion): Detected {
    const store = new EventStore(events);
    const found: Outcome[] = [];
    for (let at = 0; at < store.end; at = store.after(at)) found.push(...this.#told(this.#detector.push(store.at(at))));
    if (!isLast) return { found, ended: [] };
    const ended = this.#told(this.#detector.end());
    this.#detector.restore(this.#nothing);
    return { found, ended };
  }

  #told(findings: readonly Finding[]): Outcome[] {
    return findings.map((finding) => ({ finding, trace: this.#detector.traceOf(finding) }));
  }
}
