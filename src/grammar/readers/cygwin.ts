import { readArgument, skipBlanks, type Token } from "../../cmdline/windows/tokens.ts";
import type { Reader } from "./reader.ts";

/** One piece of a word: within single quotes nothing is escaped, within double ones a backslash escapes both. */
const PIECE = /'([^']*)'?|"((?:[^"\\]|\\.)*)"?|[^\s'"]+/gsy;

/** A word as programs of Cygwin and MSYS2 take it from a line of Windows. */
function readWord(text: string, start: number): Token {
  let value = "";
  let at = start;
  for (PIECE.lastIndex = start; ; at = PIECE.lastIndex) {
    const found = PIECE.exec(text);
    if (found === null) break;
    const [piece, single, double] = found;
    value += single ?? double?.replace(/\\(["\\])/g, "$1") ?? piece;
  }
  return { raw: text.slice(start, at), value, start, end: at, quoted: true, innerQuotes: false };
}

/**
 * Programs of Cygwin, MSYS2 and Git for Windows: single quotes group words as double ones do. Others, such as the shell of WSL, hand the
 * line on to a shell of Linux, for which that holds, too. Elements: those of the grammar.
 * Source: Cygwin, winsup/cygwin/dcrt0.cc, `build_argv` and `quoted`.
 */
export const cygwin: Reader = (line, _out, parse) => {
  const { text, args } = line;
  const [first] = args;
  if (text === undefined || first === undefined || !text.includes("'", first.start)) return parse(line);
  const words: Token[] = [];
  for (let at = first.start; at < text.length; ) {
    const plain = readArgument(text, at);
    const word = plain.raw.includes("'") ? readWord(text, at) : plain;
    words.push(word);
    at = skipBlanks(text, word.end);
  }
  parse({ ...line, args: words });
};
