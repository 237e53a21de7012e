import { joinBounded, replaceBounded } from "./bounded.ts";
import { decoded, reversed } from "./bytes.ts";
import { characters, each, pure } from "./calls.ts";
import type { Call, Handler } from "./language.ts";
import { flatten, knownText, numberOf, textValue, UNKNOWN } from "./values.ts";

/** Texts are split into at most this many pieces. */
const MAX_PIECES = 4096;

const argText = (call: Call, n: number): string => knownText(call.args[n]) ?? "";

export function percentDecoded(text: string): string {
  return text.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, long?: string, short?: string) =>
    String.fromCharCode(Number.parseInt(long ?? short ?? "0", 16)),
  );
}

/** Code or a page given as an address, `javascript:…`, perhaps in quotes, is decoded before it is read; other code is as it is written. */
export function addressCode(text: string): string {
  const scheme = /^\s*("?)(?:javascript|jscript|vbscript|about):/i.exec(text.slice(0, 64));
  if (!scheme) return text;
  const body = text.slice(scheme[0].length);
  return (scheme[1] === "" ? body : body.replace(/"\s*$/, "")).replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Joins a list: `separator.join(list)` in Python, `list.join(separator)` elsewhere. */
const join: Handler = (call) => {
  const { receiver, args, sink } = call;
  const list = receiver?.kind === "list" ? receiver : args.find((value) => value.kind === "list");
  if (list?.kind !== "list") return UNKNOWN;
  const constant = list.items.every((item) => knownText(item) !== undefined);
  const separator = receiver?.kind === "list" ? (knownText(args[0]) ?? "") : (knownText(receiver) ?? "");
  return constant ? sink.fold(joinBounded(flatten(list.items), separator)) : UNKNOWN;
};

const split: Handler = (call) => {
  const text = knownText(call.receiver);
  if (text === undefined) return UNKNOWN;
  const separator = call.args[0] === undefined ? /\s+/ : argText(call, 0);
  return { kind: "list", items: text.split(separator, MAX_PIECES).map((piece) => textValue(piece)) };
};

const reverse: Handler = (call) => {
  if (call.receiver?.kind === "list") return { kind: "list", items: [...call.receiver.items].reverse() };
  return decoded(reversed)(call);
};

const slice: Handler = pure((text, call) => text.slice(numberOf(call.args[0]) ?? 0, numberOf(call.args[1])));
const same: Handler = pure((text) => text);

/** Methods of texts that many languages share; they apply to constants only. */
export const TEXT_METHODS: Readonly<Record<string, Handler>> = {
  "*.join": join,
  "*.split": split,
  ...each("*.reverse", reverse),
  ...each(
    "*.toLowerCase *.lower *.downcase",
    pure((text) => text.toLowerCase()),
  ),
  ...each(
    "*.toUpperCase *.upper *.upcase",
    pure((text) => text.toUpperCase()),
  ),
  ...each(
    "*.trim *.strip *.rstrip *.lstrip *.chomp",
    pure((text) => text.trim()),
  ),
  ...each("*.toString *.decode *.encode *.valueOf *.decode64 *.to_s *.text *.content", same),
  // Its argument says how much is read.
  ...each("*.read *.readlines", ({ receiver }) => receiver),
  ...each("*.slice *.substring", slice),
  "*.substr": pure((text, call) => text.substr(numberOf(call.args[0]) ?? 0, numberOf(call.args[1]) ?? text.length)),
  "*.charAt": pure((text, call) => text.charAt(numberOf(call.args[0]) ?? 0)),
  "*.concat": (call) => {
    const pieces = [call.receiver, ...call.args].map(knownText);
    return call.receiver === undefined || pieces.includes(undefined)
      ? UNKNOWN
      : call.sink.fold(joinBounded(flatten([call.receiver, ...call.args]), ""));
  },
  ...each(
    "*.replace *.replaceAll *.gsub *.sub",
    pure((text, call) => replaceBounded(text, knownText(call.args[0]), knownText(call.args[1]))),
  ),
  ...each("*.fromCharCode *.fromCodePoint", characters),
};
