/** Bytes that JSON gives a meaning. */
export const NEWLINE = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** What may stand between top-level values: space, NUL padding, a byte order mark, the separator of RFC 7464, a comma. */
export function isFiller(byte: number): boolean {
  return (
    isSpace(byte) || byte === 0 || byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0x1e || byte === COMMA
  );
}

/** The line from `from` to `to` without trailing space, where it looks like one object that is surely not nested deeper than `depth`. */
export function objectLine(block: Buffer, from: number, to: number, depth: number): Buffer | undefined {
  let end = to;
  while (isSpace(block[end - 1]!)) end -= 1;
  if (block[end - 1] !== CLOSE_OBJECT) return undefined;
  const line = block.subarray(from, end);
  return surelyShallow(line, depth) ? line : undefined;
}

/** True where the text holds no more than `limit` opening brackets. */
function surelyShallow(bytes: Buffer, limit: number): boolean {
  let left = limit;
  for (const bracket of [OPEN_OBJECT, OPEN_ARRAY]) {
    for (let at = bytes.indexOf(bracket); at >= 0; at = bytes.indexOf(bracket, at + 1)) {
      left -= 1;
      if (left < 0) return false;
    }
  }
  return true;
}
