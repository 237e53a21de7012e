/** A key of a text in YAML with its value, or the items of the list that is its value. */
export interface YamlValue {
  readonly key: string;
  readonly values: readonly string[];
}

/** Longest line that is looked at, and most keys that are read of one text. */
const MAX_LINE = 4096;
const MAX_KEYS = 4096;

const KEY = /^([ \t]*(?:- +)*)(["']?)([A-Za-z_][\w.-]{0,127})\2[ \t]*:(?:[ \t]+(.*))?$/;
const ITEM = /^([ \t]*)- +(.*)$/;
/** `{key: value}` within a line. */
const FLOW = /[{[,][ \t]*(["']?)([A-Za-z_][\w.-]{0,127})\1[ \t]*:[ \t]+([^[\]{},\n]{1,4096})/g;

const bare = (text: string): string => {
  const trimmed = text.trim();
  return /^(["'])(.*)\1$/s.exec(trimmed)?.[2] ?? trimmed;
};

/** Items between square brackets. */
const flowItems = (text: string): readonly string[] =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|([^,[\]"']+)/g)]
    .map((item) => item[1] ?? item[2] ?? item[3]!.trim())
    .filter(Boolean);

/** Keys of a text in YAML with scalars, blocks of text and lists of scalars as their values, in the order of the text. Linear in it. */
export function yamlValues(text: string): readonly YamlValue[] {
  const lines = text.split("\n").map((line) => line.slice(0, MAX_LINE));
  const found: YamlValue[] = [];
  for (let at = 0; at < lines.length && found.length < MAX_KEYS; at++) {
    const line = lines[at]!;
    for (const [, , key, value] of line.matchAll(FLOW)) found.push({ key: key!, values: [bare(value!)] });
    const match = KEY.exec(line);
    if (!match) continue;
    const [, lead = "", , key = "", value = ""] = match;
    if (/^[|>][-+\d]*\s*$/.test(value)) {
      const block = linesBelow(lines, at, lead.length);
      found.push({ key, values: [block.map((one) => one.trim()).join("\n")] });
      at += block.length;
    } else if (value.startsWith("[")) found.push({ key, values: flowItems(value) });
    else if (value.trim() !== "") found.push({ key, values: [bare(value)] });
    else {
      const items: string[] = [];
      for (let item = ITEM.exec(lines[at + 1] ?? ""); item && item[1]!.length >= lead.length; ) {
        if (KEY.test(lines[at + 1]!)) break;
        items.push(bare(item[2]!));
        at++;
        item = ITEM.exec(lines[at + 1] ?? "");
      }
      found.push({ key, values: items });
    }
  }
  return found;
}

/** The lines below one that stand deeper than it. */
function linesBelow(lines: readonly string[], at: number, indent: number): readonly string[] {
  let end = at + 1;
  while (end < lines.length && (lines[end]!.trim() === "" || /^[ \t]*/.exec(lines[end]!)![0].length > indent)) end++;
  return lines.slice(at + 1, end);
}
