import type { OptionSpec } from "../../src/catalog/types.ts";
import type { Dice } from "../../test/fuzz/random.ts";
import type { Word, Words } from "./lines.ts";

/** Another argument vector of the same meaning, without the program; undefined where there is no place for the change. */
export type ArgvRewrite = (line: Words, dice: Dice) => readonly string[] | undefined;

const values = ({ words }: Words) => words.map(({ value }) => value);

/** Replaces one word by others. */
const onWord =
  (
    fits: (word: Word, line: Words, index: number) => boolean,
    write: (word: Word, dice: Dice, line: Words, index: number) => readonly string[] | undefined,
    takes = 1,
  ): ArgvRewrite =>
  (line, dice) => {
    const places = line.words.flatMap((word, i) => (i < line.until && fits(word, line, i) ? [i] : []));
    if (places.length === 0) return undefined;
    const at = dice.pick(places);
    const made = write(line.words[at] as Word, dice, line, at);
    return made && [...values(line).slice(0, at), ...made, ...values(line).slice(at + takes)];
  };

const isLong = ({ option, value, named }: Word) => option !== undefined && value.startsWith("--") && named > 3;
const isShort = ({ option, value }: Word) => option !== undefined && /^-[A-Za-z0-9]/.test(value);
const gnu = ({ entry }: Words) => entry.grammar.style === "gnu";
const takesOne = (option: OptionSpec | undefined) =>
  option?.takes === "value" && option.count <= 1 && option.last !== true;

const spellings = ({ entry }: Words, option: OptionSpec | undefined) =>
  Object.keys(entry.grammar.options).filter((key) => entry.grammar.options[key]?.name === option?.name && key !== "*");

/** The shortest beginning of a long option that no other long option has. */
function prefixOf(name: string, { entry }: Words): string | undefined {
  const others = Object.keys(entry.grammar.options).filter(
    (key) => key.length > 1 && entry.grammar.options[key]?.name !== entry.grammar.options[name]?.name,
  );
  for (let length = 2; length < name.length; length++)
    if (!others.some((key) => key.startsWith(name.slice(0, length)))) return name.slice(0, length);
  return undefined;
}

const isPath = (value: string) => /^\/[\w.-]+(?:\/[\w.-]+)+$/.test(value);

export const LINUX: Readonly<Record<string, ArgvRewrite>> = {
  abbreviation: onWord(
    // Programs with subcommands read their options by other libraries, which take whole names only.
    (word, line) =>
      gnu(line) &&
      line.entry.grammar.abbreviate &&
      isLong(word) &&
      Object.keys(line.entry.grammar.commands).length === 0,
    ({ value, named }, dice, line) => {
      const short = prefixOf(value.slice(2, named), line);
      if (short === undefined) return undefined;
      const length = short.length + dice.below(named - 2 - short.length);
      return [`--${value.slice(2, 2 + length)}${value.slice(named)}`];
    },
  ),
  attachedLong: (line, dice) => {
    const at = line.words.findIndex(
      (word, i) =>
        i < line.until &&
        isLong(word) &&
        word.named === word.value.length &&
        takesOne(word.option) &&
        word.option?.after.includes("=") &&
        line.words[i + 1],
    );
    if (at < 0 || dice.below(1) > 0) return undefined;
    const all = values(line);
    return [...all.slice(0, at), `${all[at]}=${all[at + 1]}`, ...all.slice(at + 2)];
  },
  separateLong: onWord(
    (word, line) =>
      gnu(line) &&
      isLong(word) &&
      takesOne(word.option) &&
      word.option?.next === true &&
      word.value[word.named] === "=",
    ({ value, named }) => [value.slice(0, named), value.slice(named + 1)],
  ),
  attachedShort: (line) => {
    const at = line.words.findIndex(
      (word, i) =>
        i < line.until &&
        gnu(line) &&
        word.value.length === 2 &&
        isShort(word) &&
        takesOne(word.option) &&
        word.option?.after === "=" &&
        (line.words[i + 1]?.value ?? "") !== "",
    );
    if (at < 0) return undefined;
    const all = values(line);
    return [...all.slice(0, at), `${all[at]}${all[at + 1]}`, ...all.slice(at + 2)];
  },
  separateShort: onWord(
    (word, line) =>
      gnu(line) &&
      isShort(word) &&
      takesOne(word.option) &&
      word.named === 2 &&
      word.value.length > 2 &&
      word.option?.next === true &&
      word.value[2] !== "=",
    ({ value }) => [value.slice(0, 2), value.slice(2)],
  ),
  cluster: (line) => {
    // Two flags of one letter that stand side by side.
    const flag = (word: Word | undefined) => word?.value.length === 2 && isShort(word) && word.option?.takes === "flag";
    const at = line.words.findIndex(
      (word, i) => i + 1 < line.until && gnu(line) && flag(word) && flag(line.words[i + 1]),
    );
    if (at < 0) return undefined;
    const all = values(line);
    return [...all.slice(0, at), `${all[at]}${all[at + 1]?.slice(1)}`, ...all.slice(at + 2)];
  },
  uncluster: onWord(
    ({ value }, { entry }) =>
      entry.grammar.style === "gnu" &&
      /^-[A-Za-z]{2,}$/.test(value) &&
      !Object.hasOwn(entry.grammar.options, value.slice(1)) &&
      [...value.slice(1)].every((c) => entry.grammar.options[c]?.takes === "flag"),
    ({ value }) => [...value.slice(1)].map((c) => `-${c}`),
  ),
  spelling: onWord(
    (word, line) =>
      gnu(line) &&
      word.option !== undefined &&
      Object.keys(line.entry.grammar.commands).length === 0 &&
      word.named === word.value.length &&
      (isLong(word) || word.value.length === 2) &&
      spellings(line, word.option).length > 1,
    ({ value, option }, dice, line) => {
      const others = spellings(line, option).filter((key) => key !== value.replace(/^--?/, ""));
      const other = dice.pick(others);
      if (other === undefined || (other.length > 1 && !option?.after.includes("=") && option?.takes !== "flag"))
        return undefined;
      return [other.length === 1 ? `-${other}` : `--${other}`];
    },
  ),
  doubleDash: (line) => {
    if (!gnu(line) || line.entry.grammar.reader !== undefined || Object.keys(line.entry.grammar.commands).length > 0)
      return undefined;
    // What stands behind it means something of its own there.
    if (Object.hasOwn(line.entry.grammar.options, "--")) return undefined;
    if (line.entry.grammar.bundleFirst || line.entry.grammar.operands.some(({ type }) => type === "assignment"))
      return undefined;
    const all = values(line);
    const known = ({ value, option, follows }: Word) =>
      follows || (option !== undefined && option.takes !== "digits") || !/^-./.test(value);
    if (!line.words.every(known)) return undefined;
    const last = line.words.reduce((end, { option, follows }, i) => (option !== undefined || follows ? i + 1 : end), 0);
    const at = Math.max(last, 0);
    if (
      at > line.until ||
      at >= all.length ||
      all.includes("--") ||
      all.slice(at).some((value) => value.startsWith("-"))
    )
      return undefined;
    return [...all.slice(0, at), "--", ...all.slice(at)];
  },
  swap: (line, dice) => {
    if (!gnu(line) || line.entry.grammar.reader !== undefined) return undefined;
    const { words, until } = line;
    const starts = words.flatMap(({ follows }, i) => (!follows && i < until ? [i] : []));
    const groups = starts.map((start, i) => words.slice(start, starts[i + 1] ?? Math.min(until, words.length)));
    const plain = (i: number) => groups[i]?.[0]?.option !== undefined;
    const places = groups.flatMap((_, i) =>
      plain(i) && plain(i + 1) && groups[i]?.[0]?.option?.name !== groups[i + 1]?.[0]?.option?.name ? [i] : [],
    );
    if (places.length === 0) return undefined;
    const at = dice.pick(places);
    const order = groups.map((_, i) => (i === at ? at + 1 : i === at + 1 ? at : i));
    return [...order.flatMap((i) => (groups[i] ?? []).map(({ value }) => value)), ...values(line).slice(until)];
  },
  path: onWord(
    ({ value }) => isPath(value),
    ({ value }, dice) => [
      value.replace(/^(\/[^/]+)\//, (_, head: string) => `${head}${dice.pick(["//", "/./", "/x/../", "///"])}`),
    ],
  ),
};
