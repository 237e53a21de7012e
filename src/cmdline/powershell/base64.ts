import { withoutNuls } from "../../decode/text/nuls.ts";

/** Longest Base64 text that is decoded. */
const MAX_BASE64 = 1_000_000;

/** Bytes of Base64 text, blanks ignored; undefined where it is none. */
export function fromBase64(textOfBytes: string): Uint8Array | undefined {
  if (textOfBytes.length > MAX_BASE64) return undefined;
  const bare = textOfBytes.replace(/\s+/g, "");
  if (bare.length < 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare) || bare.replace(/=+$/, "").length % 4 === 1)
    return undefined;
  return Buffer.from(bare, "base64");
}

/** Text of bytes in one of .NET's encodings, named as `[Text.Encoding]` names them. */
export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const buffer = Buffer.from(bytes);
  const name = encoding.toLowerCase();
  if (name.includes("bigendian"))
    return Buffer.from(buffer.subarray(0, buffer.length & ~1))
      .swap16()
      .toString("utf16le");
  if (name.includes("unicode")) return buffer.toString("utf16le").replace(/^\ufeff/, "");
  return buffer.toString(name.includes("utf8") ? "utf8" : "latin1").replace(/^\ufeff/, "");
}

/** Bytes of a text in one of .NET's encodings. */
export function encodeText(text: string, encoding: string): Uint8Array {
  const name = encoding.toLowerCase();
  if (name.includes("bigendian")) return Buffer.from(text, "utf16le").swap16();
  if (name.includes("unicode")) return Buffer.from(text, "utf16le");
  return Buffer.from(text, name.includes("utf8") ? "utf8" : "latin1");
}

/** Command of `-EncodedCommand`: Base64 of UTF-16LE; plain ASCII under the Base64 is a mistake that is read all the same. */
export function decodeCommand(encoded: string): string | undefined {
  const bytes = fromBase64(encoded);
  if (!bytes) return undefined;
  const ascii = bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || (byte >= 9 && byte <= 13));
  return withoutNuls(decodeBytes(bytes, ascii ? "utf8" : "unicode"));
}
