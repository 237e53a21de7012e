const HEX = /^(?:[0-9A-Fa-f]{2})+$/;

export function isHex(text: string): boolean {
  return HEX.test(text);
}

/** Bytes written in hex as UTF-8 text; bytes that are none become U+FFFD. */
export function decodeHex(hex: string): string {
  return Buffer.from(hex, "hex").toString("utf8");
}
