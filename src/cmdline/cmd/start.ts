import { readArgument, skipBlanks } from "../windows/tokens.ts";

/** A `start` or `call` taken apart. */
export interface StartLine {
  readonly title?: string;
  /** Directory in which the program starts. */
  readonly dir?: string;
  /** Options in lower case, such as `/b`. */
  readonly options: readonly string[];
  /** The command, as typed. */
  readonly command: string;
}

const VERB = /^[\s@,;=]*(?:start|call)(?:\.exe)?(?=[\s,;="/]|$)/i;
const OPTION =
  /^\/(?:i|min|max|separate|shared|low|normal|high|realtime|abovenormal|belownormal|wait|w|b|elevate|node|affinity|d|machine)/i;
const MAX_OPTIONS = 32;

/** Reads `start` with its title and options, or `call`; other text is its own command. Accepts the text with or without the verb. */
export function parseStart(text: string): StartLine {
  const verb = VERB.exec(text)?.[0] ?? "";
  let at = skipBlanks(text, verb.length);
  if (/call/i.test(verb)) return { options: [], command: text.slice(at).trim() };
  const options: string[] = [];
  let title: string | undefined;
  let dir: string | undefined;
  while (options.length < MAX_OPTIONS) {
    const rest = text.slice(at, at + 16);
    const option = OPTION.exec(rest)?.[0].toLowerCase();
    if (rest.startsWith('"') && title === undefined && options.every((one) => one !== "/d" || dir !== undefined)) {
      const token = readArgument(text, at);
      title = token.value;
      at = skipBlanks(text, token.end);
    } else if (option) {
      options.push(option);
      at = skipBlanks(text, at + option.length);
      if (!["/d", "/node", "/affinity", "/machine"].includes(option)) continue;
      const value = readArgument(text, at);
      if (option === "/d") dir = value.value;
      at = skipBlanks(text, value.end);
    } else {
      break;
    }
  }
  return {
    ...(title !== undefined && { title }),
    ...(dir !== undefined && { dir }),
    options,
    command: text.slice(at).trim(),
  };
}
