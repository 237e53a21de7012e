const [BLANK, DOT, SLASH, COLON, BACKSLASH, DELETE] = [0x20, 0x2e, 0x2f, 0x3a, 0x5c, 0x7f];

/** Longest path of any platform, that of Windows. */
const MAX_PATH = 32_767;

const isSeparator = (code: number): boolean => code === SLASH || code === BACKSLASH;

/** The name behind the last separator of a Windows or POSIX path; a text with none in reach is no path, and its own name. */
export function baseName(path: string): string {
  const end = Math.max(0, path.length - MAX_PATH);
  for (let at = path.length - 1; at >= end; at--) {
    if (isSeparator(path.charCodeAt(at))) return path.slice(at + 1);
  }
  return path;
}

/** A text without its double quotes; few have any. */
export const withoutQuotes = (text: string): string => (text.includes('"') ? text.replaceAll('"', "") : text);

/** Longest text that is taken for an extension. */
const MAX_EXTENSION = 16;

/** A name's extension with its dot, small letters; empty where it has none. */
export function extensionOf(name: string): string {
  for (let at = name.length - 1; at >= 0 && at >= name.length - MAX_EXTENSION - 1; at--) {
    const code = name.charCodeAt(at);
    if (code === DOT) return at === name.length - 1 ? "" : name.slice(at).toLowerCase();
    // What stands in no extension.
    if (code <= BLANK || code >= DELETE ? /\s/.test(name.charAt(at)) : isSeparator(code) || code === COLON) return "";
  }
  return "";
}
