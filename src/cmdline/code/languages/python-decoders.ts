import { entryOf } from "../../../model/entry.ts";
import {
  bytesOfList,
  decoded,
  fromAscii85,
  fromBase32,
  fromBase64,
  fromBase85,
  fromHex,
  fromUu,
  reversed,
  rot13,
  sealed,
  unpacked,
} from "../bytes.ts";
import { characters, each } from "../calls.ts";
import type { Call, Handler } from "../language.ts";
import { itemsOf, numberOf, textOf, textValue, UNKNOWN, type Value } from "../values.ts";

const number = (value: number): Value => ({ kind: "number", value });

/** Ranges, and lists that are gone through together or again and again, are no longer than this. */
const MAX_ROUNDS = 4096;

/** Raw, zlib or gzip, as the second argument says. */
const decompress = unpacked(({ args, receiver, named }) => {
  const bits = numberOf(named.get("wbits") ?? args[receiver ? 0 : 1]) ?? 15;
  return bits < 0 ? "deflate" : "auto";
});

/** `codecs.decode(text, "rot13")`, and `text.decode("hex")` as old Python has it. */
const codec: Handler = (call) => {
  const value = call.receiver ?? call.args[0];
  const name = (textOf(call.args[call.receiver ? 0 : 1]) ?? "").replace(/[-_ ]|codec$/g, "").toLowerCase();
  if (name === "rot13") return decoded(rot13)(call);
  if (name === "hex") return decoded(fromHex)(call);
  if (name === "base64") return decoded(fromBase64)(call);
  if (name === "uu") return decoded(fromUu)(call);
  if (name === "zlib" || name === "zip") return unpacked("auto")({ ...call, args: value ? [value] : [] });
  const text = value?.kind === "text" ? textValue(value.text, value.known) : value;
  return text;
};

/** `map(f, items)` with a function of the code's own, or `chr`, `ord` and `int`. */
const map: Handler = (call) => {
  const [callee, list] = call.args;
  const items = itemsOf(list);
  if (!items || !call.sink.affords(items.length)) return UNKNOWN;
  const handler = callee?.kind === "name" ? entryOf(NUMBERS, callee.path) : undefined;
  const of = (item: Value): Value =>
    (callee?.kind === "function" ? callee.call([item]) : handler?.({ ...call, args: [item] })) ?? UNKNOWN;
  return callee?.kind === "function" || handler ? { kind: "list", items: items.map(of) } : UNKNOWN;
};

const range: Handler = ({ args }) => {
  const [from, to, step = 1] = args.map((arg) => numberOf(arg) ?? Number.NaN);
  const [start, end] = args.length < 2 ? [0, from!] : [from!, to!];
  const length = Math.ceil((end - start) / step);
  if (!(length <= MAX_ROUNDS)) return UNKNOWN;
  return { kind: "list", items: Array.from({ length: Math.max(0, length) }, (_, nth) => number(start + nth * step)) };
};

/** `itertools.cycle(key)`: as often as anything can be gone through with it. */
const cycle: Handler = ({ args, sink }) => {
  const items = itemsOf(args[0]);
  if (!items || items.length === 0 || !sink.affords(MAX_ROUNDS)) return UNKNOWN;
  return { kind: "list", items: Array.from({ length: MAX_ROUNDS }, (_, nth) => items[nth % items.length]!) };
};

const zip: Handler = ({ args, sink }) => {
  const lists = args.map(itemsOf);
  const length = Math.min(...lists.map((items) => items?.length ?? 0));
  if (lists.includes(undefined) || !sink.affords(length)) return UNKNOWN;
  const row = (nth: number): Value => ({ kind: "list", items: lists.map((items) => items![nth]!) });
  return { kind: "list", items: Array.from({ length }, (_, nth) => row(nth)) };
};

const enumerate: Handler = ({ args: [list] }) => {
  const items = itemsOf(list);
  return items
    ? { kind: "list", items: items.map((item, nth) => ({ kind: "list", items: [number(nth), item] })) }
    : UNKNOWN;
};

const ord: Handler = ({ args: [value] }) =>
  value?.kind === "text" && value.text !== ""
    ? number(value.bytes?.[0] ?? value.text.codePointAt(0)!)
    : (value ?? UNKNOWN);

const length: Handler = ({ args: [value] }) => {
  if (value?.kind === "list") return number(value.items.length);
  const size = value?.kind === "text" && value.known ? (value.bytes ?? value.text).length : undefined;
  return size === undefined ? UNKNOWN : number(size);
};

const integer: Handler = ({ args: [value, base] }) => {
  const parsed = Number.parseInt(textOf(value) ?? "", numberOf(base) ?? 10);
  return Number.isNaN(parsed) ? UNKNOWN : number(parsed);
};

const NUMBERS: Readonly<Record<string, Handler>> = {
  ord,
  len: length,
  int: integer,
  ...each("chr unichr", characters),
};

/** What `pickle.loads` calls on its own account, in the writing of protocol 0. */
const PICKLED = /c(\w{1,32}(?:\.\w{1,32})?)\n(\w{1,32})\n[^SV\n]{0,16}\n?[^SV\n]{0,16}[SV]'?([^'\n]{1,4096})/;

const pickled: Handler = (call: Call) => {
  const [value] = call.args;
  const [, module = "", , argument = ""] = PICKLED.exec(textOf(value) ?? "") ?? [];
  if (/^(?:os|posix|nt|subprocess|commands)$/.test(module))
    return call.sink.emit({ role: "runs", what: "command", value: argument, shell: true });
  if (value?.kind === "text") call.sink.runsHidden("serialized objects, not read");
  return value?.kind === "source" ? value : UNKNOWN;
};

/** What Python decodes, unpacks and counts, as far as it is constant. */
export const PYTHON_DECODERS: Readonly<Record<string, Handler>> = {
  ...each(
    "base64.b64decode base64.decodebytes base64.decodestring base64.standard_b64decode base64.urlsafe_b64decode binascii.a2b_base64",
    decoded(fromBase64),
  ),
  ...each("bytes.fromhex binascii.unhexlify binascii.a2b_hex bytearray.fromhex base64.b16decode", decoded(fromHex)),
  "base64.b32decode": decoded(fromBase32),
  "base64.b85decode": decoded(fromBase85),
  "base64.a85decode": decoded(fromAscii85),
  "binascii.a2b_uu": decoded(fromUu),
  "zlib.decompress": decompress,
  "gzip.decompress": unpacked("gzip"),
  ...each("codecs.decode *.decode", codec),
  ...each("bz2.decompress lzma.decompress", sealed("compressed code, not opened")),
  "marshal.loads": sealed("compiled code, not read"),
  "*.decrypt": sealed("encrypted code, not opened"),
  ...each("pickle.loads cPickle.loads", pickled),
  "*.__reversed__": decoded(reversed),
  reversed: ({ args }) => {
    const items = itemsOf(args[0]);
    return items ? { kind: "list", items: [...items].reverse() } : UNKNOWN;
  },
  ...each("bytes bytearray", bytesOfList),
  ...NUMBERS,
  map,
  range,
  zip,
  enumerate,
  "itertools.cycle": cycle,
};
