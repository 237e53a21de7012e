import type { Reader } from "./reader.ts";

/** forfiles puts in the character that `0xHH` stands for. Everything else is read by the entry's grammar. */
export const forfiles: Reader = (line, _out, parse) => {
  const args = line.args.map((arg) => ({
    ...arg,
    value: arg.value.replace(/0x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  }));
  parse({ args, text: undefined });
};
