import { entryOf } from "../../model/entry.ts";
import { milliseconds } from "./bind.ts";
import type { OpenChain, Overrides, Setting, SettingValue } from "./types.ts";
import { strangersOfSetting } from "./vocabulary.ts";

/** What a site may write in the place of a shipped value: a period for a period, a list for a list, a number for a number. */
function fitting({ value: shipped }: Setting, own: SettingValue): SettingValue | undefined {
  if (typeof shipped === "object") {
    const items = typeof own === "string" ? own.split(",").map((item) => item.trim()) : own;
    return typeof items === "object" ? items.filter((item) => item !== "") : undefined;
  }
  if (typeof shipped === "string") {
    const isPeriod = !Number.isNaN(milliseconds(shipped));
    return typeof own === "string" && (!isPeriod || !Number.isNaN(milliseconds(own))) ? own : undefined;
  }
  const read = typeof own === "string" ? readPlain(own) : own;
  return typeof read === typeof shipped ? read : undefined;
}

/** A number or truth as a command line has it. */
function readPlain(text: string): SettingValue | undefined {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text);
}

const expected = ({ value }: Setting): string =>
  typeof value === "object"
    ? "a list of texts"
    : typeof value !== "string"
      ? `a ${typeof value === "number" ? "number" : "truth, true or false"}`
      : Number.isNaN(milliseconds(value))
        ? "a text"
        : "a period such as 10 min";

/**
 * A site's values in the form of the shipped ones.
 * @param complain told of a chain or setting that there is not, of a value that is of another kind, and of a word that no event could meet; such values are left out
 */
export function checkOverrides(
  chains: readonly OpenChain[],
  overrides: Overrides,
  complain: (chain: string, name: string | undefined, message: string) => void,
): Overrides {
  const byId = new Map(chains.map((chain) => [chain.id, chain]));
  const checked: Record<string, Record<string, SettingValue>> = {};
  for (const [id, values] of Object.entries(overrides)) {
    const chain = byId.get(id);
    if (!chain) {
      complain(id, undefined, `there is no chain “${id}”; whatran catalog chains lists them`);
      continue;
    }
    const { settings, steps } = chain;
    for (const [name, own] of Object.entries(values)) {
      const setting = entryOf(settings, name);
      const value = setting && fitting(setting, own);
      const [stranger] = value === undefined ? [] : strangersOfSetting(steps, name, value);
      if (!setting) {
        const names = Object.keys(settings).sort().join(", ");
        complain(id, name, `${id} has no setting “${name}”; ${names === "" ? "it has none" : `it has ${names}`}`);
      } else if (value === undefined) complain(id, name, `${id}.${name} must be ${expected(setting)}`);
      else if (stranger) complain(id, name, `${id}.${name}: ${stranger.message}`);
      else checked[id] = { ...checked[id], [name]: value };
    }
  }
  return checked;
}
