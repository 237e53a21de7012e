import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { lookup, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { nestedWinevent } from "./winevent-nested.ts";

/** Matches of Chainsaw (`hunt --json`): the event whole, in `document.data`, beside the rule that matched it. */
export const chainsaw: JsonShape = {
  marks: ["document.data"],
  recognise(object, at) {
    const data = lookup(object, "document.data");
    return isObject(data) ? nestedWinevent.recognise(data, { ...at, pickedBy: "Chainsaw" }) : undefined;
  },
};

/** One match for each event of a rule that counts several. */
export function chainsawMatches(object: JsonObject): readonly JsonObject[] | undefined {
  const documents = own(object, "documents");
  if (!Array.isArray(documents) || own(object, "group") === undefined) return undefined;
  return documents.filter(isObject).map((document) => ({ ...object, documents: null, document }));
}
