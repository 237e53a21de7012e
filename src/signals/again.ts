import type { Payload } from "../model/payload.ts";
import { capitalized, named, nounOf } from "./text.ts";

/** What is in a folder lies in no other place than that folder. */
const OUT_OF = /(this folder) from (?:a folder (?=in which)|(a temporary folder|a folder that users can write to))/;
const ITSELF = new Map([
  ["a temporary folder", "a temporary one"],
  ["a folder that users can write to", "to which users can write"],
]);

/**
 * How sentences call a payload that one before them has named: “this library”, unless they name several such.
 * @param told the payload that was named
 * @param all payloads that they may name
 * @param sentences all that follow
 * @param called what a payload is, in one or two words
 */
export function calledAgain(
  told: Payload | undefined,
  all: readonly Payload[],
  sentences: readonly string[],
  called: (payload: Payload) => string = nounOf,
): (sentence: string) => string {
  if (!told || told.what === "inlineCode") return (sentence) => sentence;
  const full = named(told);
  const first = capitalized(full);
  if (!sentences.some((sentence) => sentence.includes(full) || sentence.startsWith(first)))
    return (sentence) => sentence;
  const noun = called(told);
  const others = all.filter((one) => called(one) === noun && named(one) !== full).map(named);
  if (
    others.some((name) =>
      sentences.some((sentence) => sentence.includes(name) || sentence.startsWith(capitalized(name))),
    )
  )
    return (sentence) => sentence;
  const isWithin = noun === "folder" && !full.startsWith("the folder ");
  const again = isWithin ? "what is in this folder" : `this ${noun}`;
  return (sentence) => {
    const said = sentence.replaceAll(full, () => again).replace(first, () => capitalized(again));
    return noun === "folder"
      ? said.replace(OUT_OF, (_, folder: string, place?: string) => `${folder}, ${ITSELF.get(place ?? "") ?? ""}`)
      : said;
  };
}
