import type { Catalog } from "../catalog/catalog.ts";
import { loadCatalog } from "../catalog/load.ts";
import { identity } from "../cmdline/normal/identity.ts";
import { Bounded } from "../correlate/host.ts";
import { type Line, type Link, linkOf } from "../correlate/proxies/link.ts";
import { isTrusted } from "../correlate/proxies/proxy.ts";
import { ofProcess } from "../correlate/requests.ts";
import { createUnderstander } from "../events/registry.ts";
import { baseName } from "../invocations/glob.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event, EventKind, Platform, ProcessCreation } from "../model/event.ts";
import { ROLES } from "../model/payload.ts";
import { readInputs } from "./inputs/read-inputs.ts";
import type { Progress } from "./scan.ts";

const WATCHED: ReadonlySet<EventKind> = new Set<EventKind>([
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
]);

/** Most processes that are remembered, programs that are reported, and lines and hosts that are kept of each. */
const MAX_PROCESSES = 65_536;
const MAX_PROGRAMS = 4_096;
const MAX_LINES = 5;
const MAX_HOSTS = 1_000;

/** One way in which a program that no behaviour of the catalogue explains was seen to act on its argument. */
export interface Discovery {
  readonly platform: Platform;
  /** File name of the program, lower case on Windows. */
  readonly binary: string;
  readonly image: string;
  readonly role: Link["role"];
  readonly what: Link["what"];
  /** The option that carries the name, as it was written most often; undefined for an operand. */
  readonly option: string | undefined;
  readonly times: number;
  readonly hosts: number;
  /** Command lines with the name that each had. */
  readonly lines: readonly { readonly line: string; readonly args?: readonly string[]; readonly text: string }[];
}

interface Gathered extends Omit<Discovery, "times" | "hosts" | "lines"> {
  times: number;
  readonly hosts: Set<string>;
  readonly lines: Discovery["lines"][number][];
}

/** Watches which arguments name what their processes then do. */
class Discoverer {
  readonly #processes = new Bounded<Line & { readonly explained: ReadonlySet<string> }>(MAX_PROCESSES);
  readonly #found = new Map<string, Gathered>();
  readonly #catalog: Catalog;
  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  take(event: Event): void {
    const owner = event.kind === "processCreation" ? event.parent.key : event.process.key;
    const process = owner === undefined ? undefined : this.#processes.get(`${event.host}|${owner}`);
    if (process) this.#link(process, event);
    if (event.kind === "processCreation") this.#start(event);
  }

  #start(event: ProcessCreation): void {
    const { image, commandLine, args, platform, process, host } = event;
    if (image === undefined || process.key === undefined || !isTrusted(image, platform)) return;
    if (commandLine === undefined && args === undefined) return;
    const { invocations } = resolve(ofProcess(event), this.#catalog);
    const payloads = invocations.flatMap(({ behaviours }) =>
      behaviours.flatMap((one) => ROLES.flatMap((role) => one[role])),
    );
    const explained = new Set(
      payloads.map((payload) => baseName(identity(payload.resolved ?? payload.value, platform))),
    );
    const line = { image, platform, ...(commandLine !== undefined && { commandLine }), ...(args && { args }) };
    this.#processes.set(`${host}|${process.key}`, { ...line, explained });
  }

  #link(line: Line & { readonly explained: ReadonlySet<string> }, event: Event): void {
    const link = linkOf(line, event);
    if (!link) return;
    const name = baseName(identity(link.text, line.platform));
    // The implied extension of a library may be missing from either.
    if (line.explained.has(name) || line.explained.has(`${name}.dll`)) return;
    const binary = line.platform === "windows" ? baseName(line.image).toLowerCase() : baseName(line.image);
    const key = [line.platform, binary, link.role, link.what, link.option?.toLowerCase()].join("\0");
    let gathered = this.#found.get(key);
    if (!gathered) {
      if (this.#found.size >= MAX_PROGRAMS) return;
      const { role, what, option } = link;
      gathered = {
        platform: line.platform,
        binary,
        image: line.image,
        role,
        what,
        option,
        times: 0,
        hosts: new Set(),
        lines: [],
      };
      this.#found.set(key, gathered);
    }
    gathered.times++;
    if (gathered.hosts.size < MAX_HOSTS) gathered.hosts.add(event.host ?? "");
    const text = line.commandLine ?? line.args?.join(" ") ?? "";
    if (gathered.lines.length < MAX_LINES && !gathered.lines.some((one) => one.line === text))
      gathered.lines.push({ line: text, ...(line.args && { args: line.args }), text: link.text });
  }

  found(): readonly Discovery[] {
    return [...this.#found.values()]
      .map((one) => ({ ...one, hosts: one.hosts.size }))
      .sort((a, b) => (a.binary < b.binary ? -1 : a.binary > b.binary ? 1 : b.times - a.times));
  }
}

export interface DiscoverOptions {
  readonly catalogDirs?: readonly string[];
  readonly signal?: AbortSignal;
  readonly stdin?: AsyncIterable<Uint8Array>;
  onDiagnostic?(diagnostic: Diagnostic): void;
  onProgress?(progress: Pick<Progress, "files" | "bytes" | "records">): void;
}

/** Finds trusted programs whose arguments name what they then load, start, write or fetch, and which no behaviour explains. */
export async function discover(paths: readonly string[], options: DiscoverOptions = {}): Promise<readonly Discovery[]> {
  const discoverer = new Discoverer(await loadCatalog(options.catalogDirs));
  const understander = createUnderstander({ kinds: WATCHED });
  let files = 0;
  let bytes = 0;
  let records = 0;
  await readInputs(
    paths,
    {
      wants: ({ provider, eventId, shape }) => understander.wants(provider, eventId, shape),
      ...(options.signal && { signal: options.signal }),
      ...(options.stdin && { stdin: options.stdin }),
    },
    (record) => {
      for (const event of understander.understand(record)) discoverer.take(event);
      if (++records % 4096 === 0) options.onProgress?.({ files, bytes, records });
    },
    (diagnostic) => options.onDiagnostic?.(diagnostic),
    (input) => {
      files++;
      bytes += input.bytes;
    },
  );
  for (const event of understander.end()) discoverer.take(event);
  return discoverer.found();
}
