import { nulLines } from "../../decode/text/nuls.ts";

/** A value of a registry export as text. */
export interface RegistryValue {
  /** `sz`, `expand_sz`, `multi_sz`, `dword`, `qword`, `binary`, or `delete`. */
  readonly type: string;
  /** Text, with several texts joined by line ends; numbers in decimal; binary data in hex. */
  readonly text: string;
}

const HEX_TYPES: Readonly<Record<string, string>> = {
  "": "binary",
  "(0)": "none",
  "(1)": "sz",
  "(2)": "expand_sz",
  "(3)": "binary",
  "(4)": "dword",
  "(7)": "multi_sz",
  "(b)": "qword",
};

/** Reads what follows `=`; undefined where it is no value. `wide`: version 5, in which hex texts are UTF-16. */
export function parseRegistryValue(written: string, wide: boolean): RegistryValue | undefined {
  const data = written.trim();
  if (data === "-") return { type: "delete", text: "" };
  if (data.startsWith('"')) {
    const text = unquote(data);
    return text === undefined ? undefined : { type: "sz", text };
  }
  const dword = /^dword:([0-9a-fA-F]{1,8})$/.exec(data);
  if (dword) return { type: "dword", text: String(Number.parseInt(dword[1]!, 16)) };
  const hex = /^hex(\([0-9a-fA-F]{1,8}\))?:/.exec(data);
  if (!hex) return undefined;
  const digits = data.slice(hex[0].length).replace(/[\s,]/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  const type = HEX_TYPES[hex[1]?.toLowerCase() ?? ""] ?? "binary";
  return { type, text: hexText(Buffer.from(digits, "hex"), type, wide) };
}

function hexText(bytes: Buffer, type: string, wide: boolean): string {
  switch (type) {
    case "sz":
    case "expand_sz":
    case "multi_sz":
      return nulLines(decode(bytes, wide));
    case "dword":
      return bytes.length === 4 ? String(bytes.readUInt32LE()) : bytes.toString("hex");
    case "qword":
      return bytes.length === 8 ? String(bytes.readBigUInt64LE()) : bytes.toString("hex");
    default:
      return bytes.toString("hex");
  }
}

function decode(bytes: Buffer, wide: boolean): string {
  return wide ? bytes.subarray(0, bytes.length & ~1).toString("utf16le") : bytes.toString("latin1");
}

/** The text between quotes, `\\` and `\"` undone; undefined where the closing quote is missing. */
export function unquote(data: string): string | undefined {
  const end = closingQuote(data);
  return end < 0 ? undefined : data.slice(1, end).replace(/\\(["\\])/g, "$1");
}

/** Where the quote that opens `data` is closed; -1 where it is not. */
export function closingQuote(data: string): number {
  for (let at = 1; at < data.length; at += 1) {
    if (data[at] === "\\") at += 1;
    else if (data[at] === '"') return at;
  }
  return -1;
}
