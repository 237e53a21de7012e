/** A line of a configuration file as its program reads it. */
export interface LogicalLine {
  readonly text: string;
  /** One-based number of the first physical line. */
  readonly line: number;
  /** The comment that stands directly above; empty where there is none. */
  readonly comment: string;
}

/** No line that a person writes is longer. */
const LONGEST = 65_536;

/**
 * Lines without blanks around them; empty ones and comments are passed over, and what ends in a backslash goes on in the next.
 * @param sign what begins a comment, such as `#`
 */
export function logicalLines(text: string, sign = "#"): readonly LogicalLine[] {
  const lines: LogicalLine[] = [];
  let comment = "";
  let held: { text: string; line: number } | undefined;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = held ? raw : raw.trim();
    if (!held && (line === "" || isComment(line, sign))) {
      comment = line === "" ? "" : line.slice(sign.length).trim();
      continue;
    }
    // What is held ends in a blank: its backslashes are none of this line's. It is not looked at again, as lines may be many.
    const before = held ?? { text: "", line: at + 1 };
    held = undefined;
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(line) && before.text.length + line.length < LONGEST) {
      held = { ...before, text: `${before.text}${line.slice(0, -1)} ` };
      continue;
    }
    lines.push({ text: (before.text + line).trim(), line: before.line, comment });
    comment = "";
  }
  if (held) lines.push({ text: held.text.trim(), line: held.line, comment });
  return lines;
}

/** In sudoers `#include` and `#1000` are no comments. */
const isComment = (line: string, sign: string) => line.startsWith(sign) && !/^#(?:include(?:dir)?\s|\d)/.test(line);

/** Letters of one line, beyond which no product’s tool writes any and an expression would run out of room. */
export const LONGEST_LINE = 1 << 19;

/** The description that a comment carries, as a part of a rule. */
export const described = (comment: string) => (comment === "" ? {} : { description: comment });

/** Takes a text apart where none of these signs is escaped by a backslash; empty parts are left out. */
export function splitEscaped(text: string, sign: RegExp): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter === "\\") part += letter + text.charAt(++at);
    else if (sign.test(letter)) {
      parts.push(part);
      part = "";
    } else part += letter;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== "");
}
