import type { Catalog } from "../catalog/catalog.ts";
import { loadCatalog } from "../catalog/load.ts";
import { createDetector } from "../correlate/detector.ts";
import type { Act, Line, Link, Told } from "../correlate/proxies/types.ts";
import { baseName } from "../invocations/glob.ts";
import type { EventKind, Platform } from "../model/event.ts";
import { type ReadEventsOptions, readEvents } from "./read-events.ts";
import { EventSorter } from "./sort.ts";
import { inTurns } from "./turns.ts";

const WATCHED: ReadonlySet<EventKind> = new Set<EventKind>([
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
]);

/** Most programs that are reported, and lines and hosts that are kept of each. */
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
  /** `auto` where it was of several kinds. */
  readonly what: Link["what"] | "auto";
  /** What it was seen to do, in the order in which it was first seen. */
  readonly acts: readonly Act[];
  /** The option that carries the name, as it was written first; undefined for an operand. */
  readonly option: string | undefined;
  readonly times: number;
  readonly hosts: number;
  /** Command lines with the name that each had. */
  readonly lines: readonly { readonly line: string; readonly args?: readonly string[]; readonly text: string }[];
}

/** Most flags of one program that are remembered. */
const MAX_FLAGS = 256;

const optionOf = (option: string, platform: Platform) =>
  platform === "windows" ? option.toLowerCase().replace(/^[-/]+/, "") : option;

type Gathered = { -readonly [K in keyof Discovery]: Discovery[K] } & {
  readonly seen: Set<string>;
  readonly lines: Discovery["lines"][number][];
};

/** Counts which arguments name what their processes then do. */
class Discoverer {
  readonly #found = new Map<string, Gathered>();
  readonly #flags = new Map<string, Set<string>>();
  readonly #lines: number;
  constructor(lines = MAX_LINES) {
    this.#lines = lines;
  }

  #gathered({ line: { image, platform } }: Told, { role, what, option }: Link): Gathered | undefined {
    const binary = platform === "windows" ? baseName(image).toLowerCase() : baseName(image);
    const name = option === undefined ? undefined : optionOf(option, platform);
    const key = [platform, binary, role, name].join("\0");
    let gathered = this.#found.get(key);
    if (!gathered && this.#found.size < MAX_PROGRAMS) {
      const none = { acts: [], times: 0, hosts: 0, lines: [], seen: new Set<string>() };
      gathered = { platform, binary, image, role, what, option, ...none };
      this.#found.set(key, gathered);
    }
    return gathered;
  }

  /** Options that stand before another option or at the end: what follows them elsewhere is an operand. */
  #learnFlags(binary: string, { platform, commandLine, args }: Line): void {
    const flags = this.#flags.get(binary) ?? new Set();
    const words = (args ?? commandLine?.split(/\s+/) ?? []).slice(1, 64);
    const isName = (word: string | undefined) =>
      word !== undefined && (platform === "windows" ? /^[-/][\w?]+$/ : /^--?[a-z][\w-]*$/i).test(word);
    words.forEach((word, index) => {
      const next = words[index + 1];
      if (!isName(word) || flags.size >= MAX_FLAGS) return;
      if (next === undefined || isName(next) || /^[-/][\w?]+[:=]/.test(next)) flags.add(optionOf(word, platform));
    });
    this.#flags.set(binary, flags);
  }

  add(link: Link, told: Told, host = ""): void {
    const gathered = this.#gathered(told, link);
    if (!gathered) return;
    this.#learnFlags(gathered.binary, told.line);
    gathered.times++;
    if (gathered.what !== link.what) gathered.what = "auto";
    if (!gathered.acts.includes(link.act)) gathered.acts = [...gathered.acts, link.act];
    if (gathered.seen.size < MAX_HOSTS) gathered.seen.add(host);
    const { commandLine, args } = told.line;
    const line = commandLine ?? args?.join(" ") ?? "";
    if (
      gathered.lines.length >= this.#lines ||
      gathered.lines.some((one) => one.line === line && one.text === link.text)
    )
      return;
    gathered.lines.push({ line, ...(args && { args }), text: link.text });
  }

  /** What was laid to a flag belongs to the operands. */
  #withoutFlags(): readonly Gathered[] {
    const merged = new Map<string, Gathered>();
    for (const one of this.#found.values()) {
      const { platform, binary, role, option } = one;
      const name = option === undefined ? undefined : optionOf(option, platform);
      const isFlag = name !== undefined && this.#flags.get(binary)?.has(name);
      const key = [platform, binary, role, isFlag ? undefined : name].join("\0");
      const other = merged.get(key);
      if (!other) merged.set(key, isFlag ? { ...one, option: undefined } : one);
      else {
        other.times += one.times;
        if (other.what !== one.what) other.what = "auto";
        other.acts = [...new Set([...other.acts, ...one.acts])];
        for (const host of one.seen) other.seen.add(host);
        other.lines.push(...one.lines.slice(0, Math.max(0, this.#lines - other.lines.length)));
      }
    }
    return [...merged.values()];
  }

  found(): readonly Discovery[] {
    return this.#withoutFlags()
      .map(({ seen, ...one }) => ({ ...one, hosts: seen.size }))
      .sort((a, b) => (a.binary < b.binary ? -1 : a.binary > b.binary ? 1 : b.times - a.times));
  }
}

export interface DiscoverOptions extends ReadEventsOptions {
  readonly catalogDirs?: readonly string[];
  /** In place of the one that ships and of `catalogDirs`. */
  readonly catalog?: Catalog;
  /** Most command lines that are kept of each program and option. Default: 5. */
  readonly lines?: number;
}

export interface Discovered {
  readonly found: readonly Discovery[];
  /** Events that were looked at: of none, nothing can be said. */
  readonly events: number;
}

/** Finds trusted programs whose arguments name what they then load, start, write or fetch, and which no behaviour explains. */
export async function discover(paths: readonly string[], options: DiscoverOptions = {}): Promise<Discovered> {
  const catalog = options.catalog ?? (await loadCatalog(options.catalogDirs));
  const discoverer = new Discoverer(options.lines);
  const sorter = new EventSorter();
  let events = 0;
  try {
    await readEvents(paths, { kinds: WATCHED }, options, (event) => {
      events++;
      sorter.add(event);
    });
    const onLink = discoverer.add.bind(discoverer);
    const detector = createDetector({ catalog, minLevel: "critical", patience: 0, hostByHost: true, onLink });
    await inTurns(sorter.sorted(), (event) => detector.push(event), options.signal);
  } finally {
    sorter.close();
  }
  return { found: discoverer.found(), events };
}
