export interface Word {
  readonly text: string;
  /** Whether a part of it stood in quotes. */
  readonly quoted: boolean;
}

/** How a kind of file quotes. */
export interface Quoting {
  readonly quotes: string;
  readonly blank: RegExp;
  /** What the backslash at a place stands for, and how many characters that takes. */
  escapeAt(text: string, at: number): readonly [text: string, length: number];
}

/** Words parted by blanks, quotes and escapes undone. */
export function quotedWords(text: string, { quotes, blank, escapeAt }: Quoting): readonly Word[] {
  const words: Word[] = [];
  let word = "";
  let quoted = false;
  let open = "";
  const flush = () => {
    if (word !== "" || quoted) words.push({ text: word, quoted });
    word = "";
    quoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === "\\") {
      const [plain, length] = escapeAt(text, at);
      word += plain;
      at += length - 1;
    } else if (open !== "" ? char === open : quotes.includes(char)) {
      open = open === "" ? char : "";
      quoted = true;
    } else if (open === "" && blank.test(char)) flush();
    else word += char;
  }
  flush();
  return words;
}
