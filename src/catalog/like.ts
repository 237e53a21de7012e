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
const TAKEN = ["purpose", "needed", "category", "grammar", "awaits", "mitigations"];

/**
 * What an entry says that is `like` one of another platform: what it does not say itself it takes from there; behaviours and normal uses
 * of its own come first, as they are more special.
 * @param root the catalogue that holds both
 */
export function dataOf(root: string, source: Source, problems: Problem[]): Data {
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
