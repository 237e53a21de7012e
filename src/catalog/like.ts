import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Problem, problemAt, Source } from "./problem.ts";

/** What a file of the catalogue says, before it is known to have the right shape. */
type Data = Readonly<Record<string, unknown>>;

const asMap = (value: unknown): Data => (typeof value === "object" && value !== null ? (value as Data) : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Texts that a program hands to the shell of its platform; what runs elsewhere is read by the shell there. */
function forCmd(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forCmd);
  if (typeof value !== "object" || value === null) return value;
  const map = value as Data;
  if (map.as === "sh" && map.on === undefined) return { ...map, as: "cmd" };
  return Object.fromEntries(Object.entries(map).map(([key, one]) => [key, forCmd(one)]));
}

/** What a program does is the same on every platform; where it lies, who packs it, and by what else it is known, is not. */
const TAKEN = ["runtime", "purpose", "needed", "category", "grammar", "awaits", "prints", "mitigations"];

/** Whether all that a behaviour asks for is in the environment. */
function asksEnvironmentOnly(behaviour: unknown): boolean {
  const { when } = asMap(behaviour);
  const conditions = (Array.isArray(when) ? when : [when]).map(asMap);
  return conditions.every(
    (one) => Object.keys(one).length > 0 && Object.keys(one).every((key) => key.startsWith("$env.")),
  );
}

/**
 * What an entry says whose program is carried out by a `runtime`: it obeys the environment that this one obeys, behind what it obeys itself.
 * @param root the catalogue that holds both
 */
function onRuntime(root: string, source: Source, data: Data, problems: Problem[]): Data {
  const { runtime, ...rest } = data;
  if (runtime === undefined) return data;
  const file = join(root, `${String(runtime)}.yaml`);
  if (!/^(?:linux|windows)\/[\w.+-]{1,64}$/.test(String(runtime)) || !existsSync(file)) {
    problems.push(problemAt(source, ["runtime"], "name an entry of this catalogue as linux/NAME"));
    return rest;
  }
  const other = Source.open(file).data;
  const own = asList(rest.behaviours);
  const ids = new Set(own.map((one) => asMap(one).id));
  const theirs = asList(source.data.like === undefined ? other.behaviours : forCmd(other.behaviours));
  const obeyed = theirs.filter((one) => asksEnvironmentOnly(one) && !ids.has(asMap(one).id));
  const added = new Set(obeyed.map((one) => asMap(one).id));
  const usual = asList(other.normal).filter((one) => asList(asMap(one).behaviours).some((id) => added.has(id)));
  return {
    ...rest,
    behaviours: [...own, ...obeyed],
    normal: [
      ...asList(rest.normal),
      ...usual.map((one) => ({
        ...asMap(one),
        behaviours: asList(asMap(one).behaviours).filter((id) => added.has(id)),
      })),
    ],
  };
}

/** What an entry says, with what it takes from others. */
export const dataOf = (root: string, source: Source, problems: Problem[]): Data =>
  onRuntime(root, source, likeAnother(root, source, problems), problems);

/**
 * What an entry says that is `like` one of another platform: what it does not say itself it takes from there; behaviours and normal uses
 * of its own come first, as they are more special.
 * @param root the catalogue that holds both
 */
function likeAnother(root: string, source: Source, problems: Problem[]): Data {
  const { like } = source.data;
  if (like === undefined) return source.data;
  const file = join(root, `${String(like)}.yaml`);
  if (!/^linux\/[\w.+-]{1,64}$/.test(String(like)) || !existsSync(file)) {
    problems.push(problemAt(source, ["like"], "name an entry of this catalogue as linux/NAME"));
    return source.data;
  }
  const other = Source.open(file).data;
  const taken = Object.fromEntries(TAKEN.flatMap((key) => (key in other ? [[key, other[key]]] : [])));
  const both = (key: string) => [...new Set([...asList(source.data[key]), ...asList(other[key])])];
  const behaviours = both("behaviours");
  return {
    ...taken,
    // Programs that come from Linux go on telling small letters from capitals.
    grammar: { caseSensitive: true, ...asMap(other.grammar) },
    ...source.data,
    behaviours: source.data.ownShell ? behaviours : forCmd(behaviours),
    normal: both("normal"),
    references: both("references"),
  };
}
