const DIGITS = Array.from({ length: 256 }, (_, value) => value.toString(16).toUpperCase().padStart(2, "0"));

/** `{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}`; the first three groups are little-endian numbers. */
export function guidText(bytes: Uint8Array, at: number): string {
  const d = (index: number) => DIGITS[bytes[at + index]!]!;
  const head = `${d(3)}${d(2)}${d(1)}${d(0)}-${d(5)}${d(4)}-${d(7)}${d(6)}`;
  return `{${head}-${d(8)}${d(9)}-${d(10)}${d(11)}${d(12)}${d(13)}${d(14)}${d(15)}}`;
}
