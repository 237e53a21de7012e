import { entryOf } from "../../model/entry.ts";
import type { Chain, OpenChain, OpenStep, Overrides, Setting, SettingValue, Step, StepTest } from "./types.ts";

const UNIT: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** “10 min” in milliseconds; not a number for what is no period. */
export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d{1,9}) ?(ms|s|min|m|h|d)$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (UNIT[unit ?? ""] ?? Number.NaN);
}

/** Fields of a test whose value is one truth or number, not a list. */
const SINGLE = new Set([
  "trusted",
  "remote",
  "signed",
  "access",
  "score",
  "external",
  "listed",
  "firstSeen",
  "fromWeb",
  "bare",
  "documented",
  "beside",
]);

const listOf = (value: SettingValue): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());

type Settings = Readonly<Record<string, Setting>>;

/** Name of the setting that stands in the place of a value; undefined for a value itself. */
export const settingOf = (value: SettingValue): string | undefined =>
  typeof value === "string" && value.startsWith("$") ? value.slice(1) : undefined;

/** A value with those of settings in their places, also within a list. */
function settled(value: SettingValue, settings: Settings): SettingValue | undefined {
  if (typeof value === "object") return value.flatMap((one) => listed(settled(one, settings)));
  const name = settingOf(value);
  return name === undefined ? value : entryOf(settings, name)?.value;
}

const listed = (value: SettingValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "object" ? value : [String(value)];

/** Asks nothing. All tests are of this shape: events are held against thousands of them, and objects of many shapes would be slow to ask. */
const unasked = (): Asked => ({
  image: undefined,
  notImage: undefined,
  binary: undefined,
  behaviour: undefined,
  parent: undefined,
  notParent: undefined,
  path: undefined,
  notPath: undefined,
  extension: undefined,
  place: undefined,
  trusted: undefined,
  remote: undefined,
  signed: undefined,
  value: undefined,
  notValue: undefined,
  target: undefined,
  notTarget: undefined,
  api: undefined,
  access: undefined,
  notAccess: undefined,
  trust: undefined,
  company: undefined,
  notCompany: undefined,
  beside: undefined,
  score: undefined,
  notHash: undefined,
  user: undefined,
  external: undefined,
  listed: undefined,
  firstSeen: undefined,
  fromWeb: undefined,
  workingIn: undefined,
  icon: undefined,
  notIcon: undefined,
  bare: undefined,
  documented: undefined,
});
type Asked = Record<keyof StepTest, SettingValue | undefined>;

function bindTest(open: OpenStep["tests"][number], settings: Settings): StepTest {
  const test = unasked();
  for (const [field, written] of Object.entries(open) as [keyof StepTest, SettingValue][]) {
    const value = settled(written, settings);
    // A setting that is an empty list switches its test off.
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    test[field] = SINGLE.has(field) ? value : listOf(value);
  }
  return test as StepTest;
}

function bindStep({ id, components, required, join, within, tests, says }: OpenStep, settings: Settings): Step {
  return {
    id,
    components,
    required,
    join,
    within: milliseconds(String(settled(within, settings))),
    tests: tests.map((test) => bindTest(test, settings)),
    says,
  };
}

/** The chain with the values of its settings, a site's own before the shipped ones. */
export function bindChain(chain: OpenChain, overrides: Overrides = {}): Chain {
  const settings: Record<string, Setting> = { ...chain.settings };
  for (const [name, value] of Object.entries(overrides[chain.id] ?? {})) {
    const shipped = entryOf(settings, name);
    if (shipped) settings[name] = { ...shipped, value };
  }
  return { ...chain, settings, steps: chain.steps.map((step) => bindStep(step, settings)) };
}
