import { JOINS } from "./joins.ts";
import type { AnalyticSource, ChainSource, StepSource } from "./schema.ts";
import type { Chain, Setting, SettingValue, Step, StepTest } from "./types.ts";

/** Says what is wrong at a path of the YAML. */
export type Complain = (path: readonly (string | number)[], message: string) => void;

const UNIT: Record<string, number> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** “10 min” in milliseconds. */
export function milliseconds(text: string): number {
  const [, number, unit] = /^(\d+) ?(ms|s|min|m|h|d)$/.exec(text) ?? [];
  return number === undefined ? Number.NaN : Number(number) * (UNIT[unit ?? ""] ?? Number.NaN);
}

const listOf = (value: SettingValue): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map((one) => String(one).toLowerCase());

/** Fields of a test whose value is one truth or number, not a list. */
const SINGLE = new Set(["trusted", "remote", "signed", "access", "external", "fromWeb", "bare", "documented"]);

type RawTest = Exclude<StepSource["where"], readonly unknown[]>;

function compileTest(raw: RawTest, look: (name: string) => SettingValue | undefined): StepTest {
  const resolved = Object.entries(raw).flatMap(([field, value]) => {
    const found = typeof value === "string" && value.startsWith("$") ? look(value.slice(1)) : value;
    // A setting that is empty switches its test off.
    if (found === undefined || (Array.isArray(found) && found.length === 0)) return [];
    return [[field, SINGLE.has(field) ? found : listOf(found)]];
  });
  return Object.fromEntries(resolved) as StepTest;
}

function compileStep(
  source: StepSource,
  ids: readonly string[],
  look: (name: string) => SettingValue | undefined,
  complain: (message: string) => void,
): Step {
  const joins = JOINS.filter((how) => source[how] !== undefined);
  const [how] = joins;
  const to = how === undefined ? -1 : ids.indexOf(source[how] ?? "");
  if (source.anchor && how !== undefined) complain("the anchor is joined to nothing: others are joined to it");
  if (!source.anchor && joins.length !== 1) complain(`“${source.id}” is joined by exactly one of ${JOINS.join(", ")}`);
  if (how !== undefined && to < 0) complain(`there is no step “${source[how]}” to join to`);
  const written = source.within ?? "10 min";
  const span = written.startsWith("$") ? String(look(written.slice(1)) ?? "") : written;
  const within = milliseconds(span);
  if (Number.isNaN(within)) complain(`“${span}” is no period such as 10 min`);
  return {
    id: source.id,
    components: [source.component].flat(),
    required: source.required || source.anchor,
    ...(how !== undefined && { join: { how, to } }),
    within,
    tests: [source.where].flat().map((one) => compileTest(one, look)),
    says: source.says,
  };
}

function compileAnalytic(
  chain: ChainSource,
  source: AnalyticSource,
  overrides: Readonly<Record<string, SettingValue>>,
  complain: Complain,
): Chain {
  const settings: Record<string, Setting> = {};
  for (const [name, { is, means, attack }] of Object.entries(source.settings))
    settings[name] = { value: overrides[name] ?? is, means, ...(attack !== undefined && { attack }) };
  const ids = source.steps.map(({ id }) => id);
  const used = new Set<string>();
  const steps = source.steps.map((step, index) => {
    const look = (name: string) => {
      used.add(name);
      if (!(name in settings)) complain(["steps", index], `there is no setting “${name}”`);
      return settings[name]?.value;
    };
    return compileStep(step, ids, look, (message) => complain(["steps", index, "id"], message));
  });
  const anchors = source.steps.filter(({ anchor }) => anchor);
  if (anchors.length !== 1) complain(["steps"], "exactly one step of a chain is its anchor");
  if (new Set(ids).size < ids.length) complain(["steps"], "two steps have the same id");
  for (const name of Object.keys(settings))
    if (!used.has(name)) complain(["settings", name], `no step uses the setting “${name}”`);
  return {
    id: `${chain.chain}/${source.id}`,
    title: source.title,
    platform: source.platform,
    techniques: source.techniques,
    strength: source.strength,
    settings,
    steps,
    anchor: source.steps.findIndex(({ anchor }) => anchor),
    references: chain.references,
  };
}

/** One file's chains. `overrides` are a site's own values of settings, by chain id and name. */
export function compileChain(
  source: ChainSource,
  overrides: Readonly<Record<string, Readonly<Record<string, SettingValue>>>>,
  complain: Complain,
): readonly Chain[] {
  return source.analytics.map((analytic, index) =>
    compileAnalytic(source, analytic, overrides[`${source.chain}/${analytic.id}`] ?? {}, (path, message) =>
      complain(["analytics", index, ...path], message),
    ),
  );
}
