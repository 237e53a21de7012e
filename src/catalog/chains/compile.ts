import { tableOf } from "../../model/entry.ts";
import { milliseconds, settingOf } from "./bind.ts";
import type { AnalyticSource, ChainSource, StepSource } from "./schema.ts";
import { JOINS, type Join, type OpenChain, type OpenStep, type Setting, type SettingValue } from "./types.ts";
import { strangersOfSetting, strangersOfTest } from "./vocabulary.ts";

/** Says what is wrong at a path of the YAML. */
export type Complain = (path: readonly (string | number)[], message: string) => void;

const DEFAULT_WITHIN = "10 min";

/** Joins by which a step before the anchor is looked for in what is remembered. */
const REMEMBERED: readonly Join[] = ["file", "folder", "registry", "host"];

/** Settings that a step names. */
function settingsOf(step: OpenStep): string[] {
  const values: SettingValue[] = [step.within, ...step.tests.flatMap((test) => Object.values(test).flat())];
  return values.flatMap((value) => settingOf(value) ?? []);
}

function compileStep(
  source: StepSource,
  ids: readonly string[],
  anchor: number,
  complain: (message: string) => void,
): OpenStep {
  const joins = JOINS.filter((how) => source[how] !== undefined);
  const [how] = joins;
  const to = how === undefined ? -1 : ids.indexOf(source[how] ?? "");
  if (source.anchor && how !== undefined) complain("the anchor is joined to nothing: others are joined to it");
  if (!source.anchor && joins.length !== 1) complain(`“${source.id}” is joined by exactly one of ${JOINS.join(", ")}`);
  if (how !== undefined && to < 0) complain(`there is no step “${source[how]}” to join to`);
  const late = ids.indexOf(source.id) > anchor;
  const remembered = how !== undefined && REMEMBERED.includes(how);
  if (late && remembered && how !== "file") complain(`a step behind the anchor is not joined by ${how}`);
  if (!late && !source.anchor && !remembered)
    complain(`a step before the anchor is joined by one of ${REMEMBERED.join(", ")}`);
  return {
    id: source.id,
    components: [source.component].flat(),
    required: source.required || source.anchor,
    ...(how !== undefined && { join: { how, to } }),
    within: source.within ?? DEFAULT_WITHIN,
    tests: [source.where].flat() as OpenStep["tests"],
    says: source.says,
  };
}

function compileAnalytic(chain: ChainSource, source: AnalyticSource, complain: Complain): OpenChain {
  const settings = tableOf<Setting>();
  for (const [name, { is, means, attack }] of Object.entries(source.settings))
    settings[name] = { value: is, means, ...(attack !== undefined && { attack }) };
  const ids = source.steps.map(({ id }) => id);
  const used = new Set<string>();
  const anchor = source.steps.findIndex((step) => step.anchor);
  const steps = source.steps.map((raw, index) => {
    const tell = (message: string) => complain(["steps", index, "id"], message);
    const step = compileStep(raw, ids, anchor, tell);
    for (const name of settingsOf(step)) {
      used.add(name);
      if (!settings[name]) tell(`there is no setting “${name}”`);
    }
    for (const [at, test] of step.tests.entries())
      for (const { path, message } of strangersOfTest(test))
        complain(["steps", index, "where", ...(Array.isArray(raw.where) ? [at] : []), ...path], message);
    const name = settingOf(step.within);
    const period = name === undefined ? step.within : String(settings[name]?.value);
    if (Number.isNaN(milliseconds(period))) tell(`“${period}” is no period such as 10 min`);
    return step;
  });
  if (source.alone && source.steps.length !== 1) complain(["alone"], "what an event tells alone has one step");
  if (source.steps.filter(({ anchor }) => anchor).length !== 1) complain(["steps"], "exactly one step is the anchor");
  if (new Set(ids).size < ids.length) complain(["steps"], "two steps have the same id");
  for (const name of ["finding", "payload"] as const)
    if (source[name] !== undefined && !ids.includes(source[name]))
      complain([name], `there is no step “${source[name]}”`);
  for (const name of Object.keys(settings))
    if (!used.has(name)) complain(["settings", name], `no step uses the setting “${name}”`);
  for (const [name, { value }] of Object.entries(settings))
    for (const { path, message } of strangersOfSetting(steps, name, value))
      complain(["settings", name, "is", ...path], message);
  return {
    id: `${chain.chain}/${source.id}`,
    title: source.title,
    platform: source.platform,
    techniques: source.techniques,
    strength: source.strength,
    ...(source.alone && { alone: source.alone }),
    ...(source.evenDocumented && { evenDocumented: true }),
    settings,
    steps,
    anchor,
    ...(source.finding !== undefined && { finding: source.finding }),
    ...(source.payload !== undefined && { payload: source.payload }),
    references: chain.references,
  };
}

/** The chains of one file. */
export function compileChain(source: ChainSource, complain: Complain): readonly OpenChain[] {
  return source.analytics.map((analytic, index) =>
    compileAnalytic(source, analytic, (path, message) => complain(["analytics", index, ...path], message)),
  );
}
