import { type Packing, unpack } from "../unpack.ts";
import type { Call, Handler } from "./language.ts";
import { bytesOf, knownText, UNKNOWN, type Value } from "./values.ts";

/** What stands where code was decoded that cannot be read on. */
export const sealed =
  (why: string): Handler =>
  ({ args: [value] }) =>
    value?.kind === "source" ? value : { kind: "sealed", why };

/** A call that gives back what a text or bytes were encoded from. */
export const decoded =
  (decode: (text: string, call: Call) => string | Uint8Array | undefined, n = 0): Handler =>
  (call) => {
    const value = call.receiver ?? call.args[n];
    if (value?.kind === "source" || value?.kind === "sealed") return value;
    const text = knownText(value);
    return text === undefined ? UNKNOWN : call.sink.decode(decode(text, call));
  };

/** A call that opens what is packed. */
export const unpacked =
  (packing: Packing | ((call: Call) => Packing)): Handler =>
  (call) => {
    const value = call.receiver ?? call.args[0];
    if (value?.kind === "source" || value?.kind === "sealed") return value;
    const packed = bytesOf(value);
    if (packed === undefined) return UNKNOWN;
    const bytes = unpack(packed, typeof packing === "string" ? packing : packing(call));
    return bytes ? call.sink.decode(bytes) : { kind: "sealed", why: "compressed code, not opened" };
  };

export const fromBase64 = (text: string): Uint8Array => Buffer.from(text, "base64");
export const fromHex = (text: string): Uint8Array => Buffer.from(text.replace(/[^0-9a-f]/gi, ""), "hex");
export const reversed = (text: string): string => [...text].reverse().join("");
export const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (c) => String.fromCharCode(c.charCodeAt(0) + (c.toLowerCase() < "n" ? 13 : -13)));

/** Bytes of a text in which each character stands for the same number of bits. */
function fromBits(text: string, alphabet: string, bits: number): Uint8Array | undefined {
  const bytes: number[] = [];
  let [held, width] = [0, 0];
  for (const c of text.replace(/[=\s]+/g, "")) {
    const value = alphabet.indexOf(c);
    if (value < 0) return undefined;
    held = ((held << bits) | value) & 0xffff;
    width += bits;
    if (width < 8) continue;
    width -= 8;
    bytes.push((held >> width) & 0xff);
  }
  return Uint8Array.from(bytes);
}

export const fromBase32 = (text: string): Uint8Array | undefined =>
  fromBits(text.toUpperCase(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5);

const BASE85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
const ASCII85 = String.fromCharCode(...Array.from({ length: 85 }, (_, n) => 33 + n));

/** Five characters for four bytes; the last of them may be cut short. */
function fromFives(text: string, alphabet: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 5) {
    const five = text.slice(at, at + 5);
    let value = 0;
    for (const c of five.padEnd(5, alphabet.at(-1))) {
      const digit = alphabet.indexOf(c);
      if (digit < 0) return undefined;
      value = value * 85 + digit;
    }
    for (let nth = 0; nth < five.length - 1; nth++) bytes.push(Math.floor(value / 256 ** (3 - nth)) % 256);
  }
  return Uint8Array.from(bytes);
}

export const fromBase85 = (text: string): Uint8Array | undefined => fromFives(text, BASE85);

/** Adobe's writing of it, in which `z` stands for four zeros. */
export const fromAscii85 = (text: string): Uint8Array | undefined =>
  fromFives(text.replace(/^<~|~>$|\s+/g, "").replaceAll("z", "!!!!!"), ASCII85);

/** Lines of uuencode without their head: a character tells how many bytes follow. */
export function fromUu(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const line of text.split("\n")) {
    const size = (line.charCodeAt(0) - 32) & 63;
    const wanted = bytes.length + (line === "" ? 0 : size);
    for (let at = 1; bytes.length < wanted && at < line.length; at += 4) {
      let held = 0;
      for (let nth = 0; nth < 4; nth++) held = (held << 6) | (((line.charCodeAt(at + nth) || 32) - 32) & 63);
      for (let shift = 16; shift >= 0 && bytes.length < wanted; shift -= 8) bytes.push((held >> shift) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

/** Bytes out of a list of their numbers; a text gives its own. */
export const bytesOfList: Handler = ({ args: [value], sink }): Value => {
  if (value?.kind !== "list") return value ?? UNKNOWN;
  const numbers = value.items.map((item) => (item.kind === "number" ? item.value : Number.NaN));
  const valid = numbers.length > 0 && numbers.every((each) => Number.isInteger(each) && each >= 0 && each < 256);
  return valid ? sink.decode(Uint8Array.from(numbers)) : UNKNOWN;
};
