const CLSID =
  /^(?:(?:clsid|shell)?:{0,3}(?:clsid\\)?)?\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/** Length of a class id without its braces. */
const LEAST = 36;

/** A class id as `{lower-case-guid}`; undefined for other text. */
export function normalClsid(text: string): string | undefined {
  const match = text.length >= LEAST && text.length <= 64 ? CLSID.exec(text.trim()) : null;
  return match ? `{${match[1]!.toLowerCase()}}` : undefined;
}
