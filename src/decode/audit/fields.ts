import { decodeHex, isHex } from "./hex.ts";

/** Fields of one record are few; what a stranger writes beyond this is dropped. */
const MAX_FIELDS = 20_000;

/**
 * Fields that the writer encodes in hex where they hold a blank, a quote or a control character, and quotes otherwise
 * (audit_log_untrustedstring in the kernel, audit_encode_value in audit-userspace).
 */
const ENCODED = new Set(
  "a acct cmd comm cwd data dir device exe file key name new_name ocomm old_name path proctitle root_dir saved_exe sw vm watch".split(
    " ",
  ),
);

/** A field's value, and whether it was written in quotes; unquoted hex in an encoded field is still to be decoded. */
export interface RawField {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * Splits `key=value` pairs: values in double quotes, in braces, or up to the next blank. `msg='…'` of user-space records is
 * opened: its pairs stand beside the others. The first of two equal keys stays: enrichment has keys in capitals.
 */
export function parseFields(body: string): Map<string, RawField> {
  const fields = new Map<string, RawField>();
  let at = 0;
  while (at < body.length && fields.size < MAX_FIELDS) {
    const equals = body.indexOf("=", at);
    if (equals < 0) break;
    const key = body.slice(keyStart(body, at, equals), equals);
    const start = equals + 1;
    if (key === "msg" && body[start] === "'") {
      at = start + 1;
      continue;
    }
    const end = valueEnd(body, start);
    const quoted = body[start] === '"' && end > start + 1;
    const text = quoted ? body.slice(start + 1, end - 1) : body.slice(start, end);
    if (key !== "" && !fields.has(key)) fields.set(key, { text: quoted ? text : trimTail(text), quoted });
    at = Math.max(end, start);
  }
  return fields;
}

/** Words without `=`, such as those of an AVC sentence, are passed over. */
function keyStart(body: string, from: number, equals: number): number {
  for (let at = equals - 1; at >= from; at -= 1) {
    const code = body.charCodeAt(at);
    if (code === 0x20 || code === 0x1d || code === 0x22 || code === 0x27 || code === 0x09) return at + 1;
  }
  return from;
}

function valueEnd(body: string, start: number): number {
  const first = body[start];
  if (first === '"') {
    const close = body.indexOf('"', start + 1);
    return close < 0 ? body.length : close + 1;
  }
  if (first === "{") {
    const close = body.indexOf("}", start + 1);
    if (close >= 0) return close + 1;
  }
  let at = start;
  while (at < body.length) {
    const code = body.charCodeAt(at);
    if (code === 0x20 || code === 0x1d || code === 0x09) break;
    at += 1;
  }
  return at;
}

/** The quote that closes `msg='…'` sticks to its last value. */
function trimTail(text: string): string {
  return text.endsWith("'") && !text.startsWith("'") ? text.slice(0, -1) : text;
}

/** The value as text: hex of an encoded field decoded, literal otherwise. */
export function fieldText(key: string, field: RawField): string {
  return !field.quoted && ENCODED.has(key) && isHex(field.text) ? decodeHex(field.text) : field.text;
}
