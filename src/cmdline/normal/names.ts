const [DOT, SLASH, BACKSLASH] = [0x2e, 0x2f, 0x5c];

/** Longest path of any platform, that of Windows. */
const MAX_PATH = 32_767;

/** The name behind the last separator of a Windows or POSIX path; a text with none in reach is no path, and its own name. */
export function baseName(path: string): string {
  const end = Math.max(0, path.length - MAX_PATH);
  for (let at = path.length - 1; at >= end; at--) {
    const code = path.charCodeAt(at);
    if (code === SLASH || code === BACKSLASH) return path.slice(at + 1);
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
    if (name.charCodeAt(at) !== DOT) continue;
    const extension = name.slice(at);
    return extension.length > 1 && !/[\\/:\s]/.test(extension) ? extension.toLowerCase() : "";
  }
  return "";
}
