import type { Overrides, SettingValue } from "../../catalog/chains/types.ts";
import { isLevel, LEVELS, type Level } from "../../model/level.ts";
import { either } from "../flags.ts";
import { formatNamed } from "../format-option.ts";

/** How a setting is written, and what is wrong with a text that is none. */
interface Kind<T> {
  parse(raw: unknown): T | undefined;
  readonly expected: string;
  /** Where it is one of a few words. */
  readonly names?: readonly string[];
}

const text: Kind<string> = {
  expected: "a text",
  parse: (raw) => (typeof raw === "string" && raw !== "" ? raw : undefined),
};

const flag: Kind<boolean> = {
  expected: "true or false",
  parse(raw) {
    if (typeof raw === "boolean") return raw;
    if (raw === "true" || raw === "1" || raw === "yes") return true;
    return raw === "false" || raw === "0" || raw === "no" ? false : undefined;
  },
};

const count: Kind<number> = {
  expected: "a whole number from 1 to 1024",
  parse(raw) {
    const value =
      typeof raw === "number" ? raw : typeof raw === "string" && /^\d{1,4}$/.test(raw) ? Number(raw) : Number.NaN;
    return Number.isInteger(value) && value >= 1 && value <= 1024 ? value : undefined;
  },
};

const share: Kind<number> = {
  expected: "a share between 0 and 1, such as 0.001",
  parse(raw) {
    const value =
      typeof raw === "string" && /^(?:0?\.\d{1,12}|\d(?:\.\d{1,6})?e-\d{1,2})$/i.test(raw) ? Number(raw) : raw;
    return typeof value === "number" && value > 0 && value < 1 ? value : undefined;
  },
};

/** A list in YAML, a text with commas in a flag or variable. */
const list: Kind<readonly string[]> = {
  expected: "a list of texts",
  parse(raw) {
    const items = [raw ?? []].flat();
    if (items.some((item) => typeof item === "object")) return undefined;
    return items
      .flatMap((item) =>
        String(item)
          .split(",")
          .map((one) => one.trim()),
      )
      .filter((one) => one !== "");
  },
};

/** Values by chain and name: maps in YAML, `CHAIN.NAME=VALUE` in a flag or variable. */
const chainValues: Kind<Overrides> = {
  expected: "values of settings of chains, such as DET0433/AN1207.TimeWindow=5 min",
  parse(raw) {
    const isMap = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
    const isValue = (value: unknown) =>
      ["string", "number", "boolean"].includes(typeof value) ||
      (Array.isArray(value) && value.every((item) => typeof item === "string"));
    if (isMap(raw)) {
      const maps = Object.values(raw as object);
      return maps.every((map) => isMap(map) && Object.values(map).every(isValue)) ? (raw as Overrides) : undefined;
    }
    const values = new Map<string, Record<string, SettingValue>>();
    for (const item of Array.isArray(raw) ? raw : [raw]) {
      const [, chain, name, value] = /^([^=]+)\.(\w+)=(.*)$/s.exec(String(item)) ?? [];
      if (chain === undefined || name === undefined || value === undefined) return undefined;
      values.set(chain, { ...values.get(chain), [name]: value });
    }
    return Object.fromEntries(values);
  },
};

const level: Kind<Level> = {
  expected: either(LEVELS),
  names: LEVELS,
  parse: (raw) => (typeof raw === "string" && isLevel(raw.toLowerCase()) ? (raw.toLowerCase() as Level) : undefined),
};

function oneOf<const T extends string>(...names: T[]): Kind<T> {
  return { expected: either(names), names, parse: (raw) => names.find((name) => name === raw) };
}

function format<const T extends string>(...names: T[]): Kind<T> {
  return { ...oneOf(...names), parse: (raw) => formatNamed(raw, names) };
}

interface Setting<T> {
  readonly kind: Kind<T>;
  readonly fallback?: T;
}

const setting = <T>(kind: Kind<T>, fallback?: T): Setting<T> => ({ kind, ...(fallback !== undefined && { fallback }) });

/** All settings, by section and name. A flag of a command has the name of its setting in kebab case. */
export const SETTINGS = {
  scan: {
    format: setting(format("table", "ndjson", "json", "csv", "html")),
    profile: setting(oneOf("standard", "verbose", "timesketch"), "verbose"),
    minLevel: setting(level, "low"),
    failLevel: setting(level),
    includeTag: setting(list, []),
    excludeTag: setting(list, []),
    includeComputer: setting(list, []),
    excludeComputer: setting(list, []),
    includeEid: setting(list, []),
    excludeEid: setting(list, []),
    timelineStart: setting(text),
    timelineEnd: setting(text),
    timeOffset: setting(text),
    summary: setting(text),
    hash: setting(flag, false),
    redact: setting(flag, false),
    cases: setting(flag, false),
    cures: setting(flag, false),
    follow: setting(flag, false),
    state: setting(text),
    threads: setting(count),
    catalog: setting(list, []),
    baseline: setting(text),
    selfBaseline: setting(flag, false),
    prior: setting(share),
    allow: setting(list, []),
    internal: setting(list, []),
    trustedHosts: setting(list, []),
    indicators: setting(list, []),
    set: setting(chainValues, {}),
    inputFormat: setting(text),
    mapping: setting(text),
    clobber: setting(flag, false),
    quiet: setting(flag, false),
    color: setting(flag, true),
  },
  explain: {
    baseline: setting(text),
    format: setting(format("text", "json", "ndjson")),
    platform: setting(oneOf("windows", "linux", "macos")),
    as: setting(oneOf("typed", "logged")),
    catalog: setting(list, []),
    redact: setting(flag, false),
    color: setting(flag, true),
  },
  feedback: {
    file: setting(text, "whatran-feedback.ndjson"),
  },
} as const satisfies Record<string, Record<string, Setting<unknown>>>;

export type Section = keyof typeof SETTINGS;
type Entries<S extends Section> = (typeof SETTINGS)[S];
type ValueOf<T> = T extends Setting<infer V> ? V : never;

/** The values of a section; a setting without a default may be undefined. */
export type Settings<S extends Section> = { -readonly [K in keyof Entries<S>]: ValueOf<Entries<S>[K]> | undefined };
