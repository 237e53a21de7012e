import { foldCharacter, isAscii, optionCharacter } from "./characters.ts";

const [DASH, SLASH] = [0x2d, 0x2f];

/** Whether a token begins with a dash, a slash or one of their look-alikes. */
export function isOption(token: string): boolean {
  const code = token.charCodeAt(0);
  if (code < 128) return code === DASH || code === SLASH;
  const first = token.codePointAt(0);
  return first !== undefined && optionCharacter(String.fromCodePoint(first)) !== undefined;
}

const SLASHED_SHARE = /^\/\/[^\s\\/:=]{1,255}[\\/][^\s\\/]/;

/** Whether a token names a file of a server with slashes for backslashes: `//server/share/file`. */
export const isSlashedShare = (token: string): boolean => token.startsWith("//") && SLASHED_SHARE.test(token);

/** Where the name of an option ends: its value stands behind the first `:` or `=`, and is another name if folded. */
function nameEnd(token: string): number {
  const end = token.search(/[:=]/);
  return end < 0 ? token.length : end;
}

/**
 * An option token or a verb as the program reads it: option character as `-` or `/`, letters folded to ASCII, all that is
 * left dropped. Never for paths or hosts: there a look-alike letter is part of a different name. Case is kept.
 */
export function optionFold(token: string): string {
  if (isAscii(token)) return token;
  const end = nameEnd(token);
  let out = "";
  let atStart = true;
  for (const char of token.slice(0, end)) {
    out += (atStart ? optionCharacter(char) : undefined) ?? foldCharacter(char);
    atStart = false;
  }
  return out + token.slice(end);
}
