import { entryOf } from "../../model/entry.ts";
import { type Packing, unpack } from "../unpack.ts";
import { decodeBytes } from "./base64.ts";
import { madeText, note, type Session } from "./session.ts";
import { bytesOf, UNKNOWN, type Value } from "./values.ts";

const MAX_WRAPPED = 8;

/** Streams of .NET that open what is packed; code is often cut off before the end of it, where a log ends. */
const PACKINGS: Readonly<Record<string, Packing>> = {
  "io.compression.gzipstream": "gzip",
  "io.compression.deflatestream": "deflate",
  "io.compression.zlibstream": "zlib",
  "io.compression.brotlistream": "brotli",
};

const NOT_OPENED: Value = { kind: "sealed", why: "compressed code, not opened" };

function opened(packed: Uint8Array, packing: Packing, session: Session): Value {
  const bytes = unpack(packed, packing);
  if (!bytes) return NOT_OPENED;
  session.made += bytes.length;
  note(session, "encodedCommand", Buffer.from(packed.subarray(0, 48)).toString("base64"));
  return { kind: "bytes", bytes };
}

/**
 * What a stream gives: bytes that are known, what an address or a file holds, or something that stays sealed. Streams stand within each
 * other, as in `StreamReader(GzipStream(MemoryStream(bytes)))`.
 */
export function readStream(owner: Value, session: Session, depth = 0): Value {
  if (owner.kind !== "object") return owner;
  if (depth > MAX_WRAPPED) return UNKNOWN;
  if (/cryptostream|securestring/.test(owner.type)) return { kind: "sealed", why: "encrypted code, not opened" };
  const inner = owner.args[0] ? readStream(owner.args[0], session, depth + 1) : UNKNOWN;
  const packing = entryOf(PACKINGS, owner.type);
  if (!packing) return inner;
  const packed = bytesOf(inner);
  if (packed) return opened(packed, packing, session);
  return inner.kind === "contents" ? inner : NOT_OPENED;
}

/** The text that a reader of a stream gives to its end. */
export function readText(owner: Value, session: Session): Value {
  const inner = readStream(owner, session);
  const bytes = bytesOf(inner);
  if (!bytes) return inner;
  const encoding = owner.kind === "object" ? owner.args.find((one) => one.kind === "type") : undefined;
  const name = encoding?.kind === "type" ? encoding.name : "utf8";
  return madeText(session, decodeBytes(bytes, name === "encoding.ascii" ? "utf8" : name));
}

/** `$from.CopyTo($to)`: the stream that is written to holds the same from then on. */
export function copyStream(owner: Value, target: Value | undefined, session: Session): void {
  if (target?.kind !== "object") return;
  const inner = readStream(owner, session);
  for (const [name, known] of session.variables)
    if (known === target) session.variables.set(name, { ...target, args: [inner] });
}
