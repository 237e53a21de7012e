/**
 * The argument vector of an `Exec` key (Desktop Entry Specification, "The Exec key"): escapes of key files undone, then
 * quotes, then field codes, which stand for files that nobody gave, are dropped. `%%` is a percent sign.
 */
export function desktopExec(value: string): readonly string[] {
  return split(unescapeString(value)).flatMap(({ text, quoted }) => {
    if (quoted) return [text];
    if (/^%[fFuUdDnNickvm]$/.test(text)) return [];
    return [text.replace(/%(.)/g, (_, code: string) => (code === "%" ? "%" : ""))];
  });
}

const ESCAPES: Readonly<Record<string, string>> = { s: " ", n: "\n", t: "\t", r: "\r", "\\": "\\" };

function unescapeString(value: string): string {
  return value.replace(/\\(.)/g, (all, code: string) => ESCAPES[code] ?? all);
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

function split(text: string): Word[] {
  const words: Word[] = [];
  let word = "";
  let quoted = false;
  let open = false;
  const flush = () => {
    if (word !== "" || quoted) words.push({ text: word, quoted });
    word = "";
    quoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') {
      open = !open;
      quoted = true;
    } else if (char === "\\" && at + 1 < text.length) {
      at += 1;
      word += text[at];
    } else if (!open && /\s/.test(char)) flush();
    else word += char;
  }
  flush();
  return words;
}
