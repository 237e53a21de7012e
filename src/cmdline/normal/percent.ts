const UNRESERVED = /^[A-Za-z0-9._~-]$/;

export function isUnreserved(char: string): boolean {
  return UNRESERVED.test(char);
}

/** Decodes `%XX` of printable ASCII that `which` accepts; other escapes get upper-case digits. */
export function percentDecode(text: string, which: (char: string) => boolean): string {
  if (!text.includes("%")) return text;
  return text.replace(/%([0-9a-fA-F]{2})/g, (sequence, digits: string) => {
    const code = Number.parseInt(digits, 16);
    const char = String.fromCharCode(code);
    return code >= 0x20 && code < 0x80 && which(char) ? char : sequence.toUpperCase();
  });
}
