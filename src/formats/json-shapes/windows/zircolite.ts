import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { flatWinevent } from "./winevent-flat.ts";

/** One event that a rule of Zircolite matched: flat, with the names of its fields. */
export const zircolite: JsonShape = {
  marks: ["rule_level", "matches"],
  recognise(object, at) {
    const match = own(object, "match");
    return isObject(match) && own(object, "rule_level") !== undefined
      ? flatWinevent.recognise(match, { ...at, pickedBy: "Zircolite" })
      : undefined;
  },
};

/** The events of each rule. */
export function zircoliteMatches(object: JsonObject): readonly JsonObject[] | undefined {
  const matches = own(object, "matches");
  if (!Array.isArray(matches) || own(object, "rule_level") === undefined) return undefined;
  return matches.filter(isObject).map((match) => ({ ...object, matches: null, match }));
}
