import { loadCatalog } from "../../catalog/load.ts";
import { createUnderstander } from "../../events/registry.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Event } from "../../model/event.ts";
import type { InputSummary } from "../../outputs/summary.ts";
import { VERSION } from "../../version.ts";
import { type FormatChoice, formatsNamed } from "../formats-named.ts";
import { readInputs } from "../inputs/read-inputs.ts";
import { type Cleared, clearedOf, saysCleared } from "./cleared.ts";
import { COUNTED, ComponentTally, isAtRest, Seen } from "./components.ts";
import { HostTally } from "./hosts.ts";
import { adviceOf, COMPONENT_IDS, techniqueCoverage } from "./techniques.ts";
import type { Component, Coverage } from "./types.ts";

export interface CoverageOptions extends FormatChoice {
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: { readonly files: number; readonly records: number; readonly bytes: number }): void;
}

const PLATFORMS = ["windows", "linux", "macos"] as const;
const PROGRESS_EVERY = 4096;
const MAX_CLEARED = 1000;

/** The component over all platforms. */
function inAll(tally: ComponentTally, component: Component): Seen {
  const all = new Seen();
  for (const platform of PLATFORMS) {
    const seen = tally.of(platform, component);
    all.events += seen?.events ?? 0;
    for (const [name, count] of seen?.sources ?? []) all.sources.set(name, (all.sources.get(name) ?? 0) + count);
  }
  return all;
}

/** What these logs let one see: hosts, periods, gaps, data components, and T1218 technique by technique. Bad input never throws. */
export async function coverage(paths: readonly string[], options: CoverageOptions = {}): Promise<Coverage> {
  const formats = formatsNamed(options);
  const catalog = await loadCatalog(options.catalogDirs ?? []);
  const understander = createUnderstander({ kinds: COUNTED, joins: false });
  const components = new ComponentTally();
  const hosts = new HostTally();
  const starts = new Map<string, number>();
  const inputs: InputSummary[] = [];
  const cleared: Cleared[] = [];
  const picked = new Map<string, number>();
  let events = 0;
  let records = 0;
  let bytes = 0;
  const count = (event: Event) => {
    if (isAtRest(event)) return;
    events += 1;
    const { pickedBy } = event.record;
    if (pickedBy !== undefined) picked.set(pickedBy, (picked.get(pickedBy) ?? 0) + 1);
    components.add(event);
    hosts.add(event);
    if (event.kind !== "processCreation" || event.image === undefined) return;
    const entry = catalog.byName(baseName(event.image), event.platform);
    if (entry) starts.set(entry.name, (starts.get(entry.name) ?? 0) + 1);
  };
  await readInputs(
    paths,
    {
      wants: (record) => saysCleared(record) || understander.wants(record.provider, record.eventId, record.shape),
      ...(formats && { formats }),
      ...(options.signal && { signal: options.signal }),
      ...(options.stdin && { stdin: options.stdin }),
    },
    (record) => {
      records += 1;
      if (saysCleared(record) && cleared.length < MAX_CLEARED) cleared.push(clearedOf(record));
      for (const event of understander.understand(record)) count(event);
      if (records % PROGRESS_EVERY === 0) options.onProgress?.({ files: inputs.length, records, bytes });
    },
    (diagnostic) => options.onDiagnostic?.(diagnostic),
    (input) => {
      inputs.push(input);
      bytes += input.bytes;
    },
  );
  const techniques = techniqueCoverage(catalog, components, starts);
  const sum = (field: "records" | "damaged") => inputs.reduce((total, input) => total + input[field], 0);
  return {
    schema: "whatran/coverage/1",
    version: VERSION,
    catalog: catalog.version,
    inputs,
    records: sum("records"),
    damaged: sum("damaged"),
    events,
    hosts: hosts.results(),
    moreHosts: hosts.more,
    picked: [...picked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([by, count]) => ({ by, events: count })),
    cleared: cleared.sort((a, b) => ((a.time ?? "") < (b.time ?? "") ? -1 : 1)),
    components: (Object.keys(COMPONENT_IDS) as Component[]).map((component) => {
      const seen = inAll(components, component);
      return {
        component,
        id: COMPONENT_IDS[component],
        events: seen.events,
        sources: Object.fromEntries([...seen.sources].sort(([a], [b]) => (a < b ? -1 : 1))),
      };
    }),
    techniques,
    advice: adviceOf(techniques, catalog, components),
  };
}
