import type { Dice } from "../../test/fuzz/random.ts";
import { join, replaced, type Word, type Words } from "./lines.ts";

/** Writes the same act differently; undefined where the line has no place for it. */
export type Rewrite = (line: Words, dice: Dice) => string | undefined;

const rewriteWord =
  (
    fits: (word: Word, line: Words) => boolean,
    write: (word: Word, dice: Dice, line: Words) => string | undefined,
  ): Rewrite =>
  (line, dice) => {
    const places = line.words.map((word, index) => ({ word, index })).filter(({ word }) => fits(word, line));
    if (places.length === 0) return undefined;
    const { word, index } = dice.pick(places);
    const raw = write(word, dice, line);
    return raw === undefined || raw === word.raw ? undefined : join(replaced(line, index, raw));
  };

const isOption = ({ option, named, raw, value }: Word) =>
  option !== undefined && named > 1 && raw.startsWith(value.slice(0, named));
const foldedOption = (word: Word, { entry }: Words) =>
  isOption(word) && entry.grammar.style === "windows" && !entry.grammar.caseSensitive;
const nameOf = ({ raw, named }: Word) => [raw.slice(0, named), raw.slice(named)] as const;

/** A path from a drive inside a word, behind a quote, `:` or `=` or at its beginning. */
const PATH = /(^|["=:,])([A-Za-z]:\\[^"*?<>|,;:]*[^"*?<>|,;:\\])/;
const URL = /(^|["=:,])((?:https?):\/\/[^"\s,;()]+)/i;

const onPath = (write: (path: string, dice: Dice) => string | undefined): Rewrite =>
  rewriteWord(
    ({ raw }) => PATH.test(raw) && !/script:|file:|\.\w+:\w/i.test(raw),
    ({ raw }, dice) => {
      const [whole = "", before = "", path = ""] = PATH.exec(raw) ?? [];
      const made = write(path, dice);
      return made === undefined ? undefined : raw.replace(whole, () => before + made);
    },
  );
const onUrl = (write: (url: string, dice: Dice) => string | undefined): Rewrite =>
  rewriteWord(
    ({ raw }) => URL.test(raw),
    ({ raw }, dice) => {
      const [whole = "", before = "", url = ""] = URL.exec(raw) ?? [];
      const made = write(url, dice);
      return made === undefined ? undefined : raw.replace(whole, () => before + made);
    },
  );

const randomCase = (text: string, dice: Dice) =>
  [...text].map((c) => (c.toUpperCase().length > 1 ? c : dice.below(2) ? c.toUpperCase() : c.toLowerCase())).join("");

const inside = (text: string, dice: Dice, from: number) => from + dice.below(Math.max(1, text.length - from));
const insert = (text: string, at: number, what: string) => text.slice(0, at) + what + text.slice(at);

const SLASHES = "\u2044\u2215\uff0f\u29f8\u2571";
const DASHES = "\u2010\u2013\u2014\u2015\u2212\uff0d\ufe63";
const INVISIBLE = "\u00ad\u034f\u0300\u0489\u200b\u2060\ufe0f\u0e4a\u302a";
const fullWidth = (c: string) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0);
const MODIFIER: Readonly<Record<string, string>> = {
  a: "ᵃ",
  b: "ᵇ",
  c: "ᶜ",
  d: "ᵈ",
  e: "ᵉ",
  f: "ᶠ",
  g: "ᵍ",
  h: "ʰ",
  i: "ⁱ",
  k: "ᵏ",
  l: "ˡ",
  m: "ᵐ",
  n: "ⁿ",
  o: "ᵒ",
  p: "ᵖ",
  r: "ʳ",
  s: "ˢ",
  t: "ᵗ",
  u: "ᵘ",
  v: "ᵛ",
  w: "ʷ",
  x: "ˣ",
  y: "ʸ",
  z: "ᶻ",
};
const SMALL: Readonly<Record<string, string>> = {
  a: "ᴀ",
  b: "ʙ",
  c: "ᴄ",
  d: "ᴅ",
  e: "ᴇ",
  g: "ɢ",
  i: "ɪ",
  l: "ʟ",
  n: "ɴ",
  o: "ᴏ",
  r: "ʀ",
  s: "ꜱ",
  t: "ᴛ",
  u: "ᴜ",
};

function lookAlike(c: string, dice: Dice): string {
  const lower = c.toLowerCase();
  return dice.pick([fullWidth(c), `${c}\u0301`, MODIFIER[lower] ?? fullWidth(c), SMALL[lower] ?? fullWidth(c)]);
}

const segments = (path: string) => path.split("\\");
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^C:\\Program Files(?=\\)/i, "C:\\PROGRA~1"],
  [/^C:\\Program Files \(x86\)(?=\\)/i, "C:\\PROGRA~2"],
  [/^C:\\ProgramData(?=\\)/i, "C:\\PROGRA~3"],
];

/** The classes in which programs of Windows tolerate other ways of writing (field measurements on their public models). */
export const WINDOWS: Readonly<Record<string, Rewrite>> = {
  optionCase: rewriteWord(foldedOption, (word, dice) => randomCase(nameOf(word)[0], dice) + nameOf(word)[1]),
  optionCharacter: rewriteWord(foldedOption, ({ raw }) =>
    raw.startsWith("--") ? undefined : (raw[0] === "/" ? "-" : "/") + raw.slice(1),
  ),
  optionLookAlike: rewriteWord(foldedOption, ({ raw }, dice) =>
    raw.startsWith("--") ? undefined : dice.pick([...(raw[0] === "/" ? SLASHES : DASHES)]) + raw.slice(1),
  ),
  letterLookAlike: rewriteWord(foldedOption, (word, dice) => {
    const [name, rest] = nameOf(word);
    const at = inside(name, dice, name.startsWith("--") ? 2 : 1);
    const c = name[at] ?? "";
    return /[a-z]/i.test(c) ? name.slice(0, at) + lookAlike(c, dice) + name.slice(at + 1) + rest : undefined;
  }),
  insertion: rewriteWord(foldedOption, (word, dice) => {
    const [name, rest] = nameOf(word);
    return insert(name, inside(name, dice, 1) + 1, dice.pick([...INVISIBLE])) + rest;
  }),
  quotes: rewriteWord(
    ({ raw }, { entry }) =>
      /^[^"\s^%!<>|&'=,;]{4,}$/.test(raw) &&
      entry.grammar.reader === undefined &&
      !entry.grammar.operands.some(({ many }) => many === "raw"),
    ({ raw }, dice) => {
      const from = 1 + dice.below(raw.length - 3);
      const to = from + 1 + dice.below(raw.length - from - 2);
      // A backslash in front of a quote would escape it.
      if (raw[from - 1] === "\\" || raw[to - 1] === "\\") return undefined;
      return insert(insert(raw, to, '"'), from, '"');
    },
  ),
  pathCase: onPath(randomCase),
  slashes: onPath((path, dice) => {
    const names = segments(path);
    const at = 1 + dice.below(names.length - 1);
    return [names.slice(0, at).join("\\"), names.slice(at).join("\\")].join(dice.pick(["\\\\", "\\\\\\", "\\.\\"]));
  }),
  forward: onPath((path, dice) => {
    const names = segments(path);
    return names.slice(1).reduce((sum, name) => sum + dice.pick(["/", "\\"]) + name, names[0] ?? "");
  }),
  parents: onPath((path, dice) => {
    const names = segments(path);
    const at = 1 + dice.below(names.length - 1);
    return [...names.slice(0, at), dice.pick(["Windows", "a", "x y".slice(0, 1)]), "..", ...names.slice(at)].join("\\");
  }),
  device: onPath((path, dice) =>
    dice
      .pick(["\\\\?\\", "\\\\.\\", "\\\\?\\UNC\\localhost\\"])
      .concat(path)
      .replace(/localhost\\([a-z]):/i, "localhost\\$1$"),
  ),
  loopback: onPath(
    (path, dice) => `\\\\${dice.pick(["localhost", "127.0.0.1", "LOCALHOST"])}\\${path[0]}$${path.slice(2)}`,
  ),
  shortName: onPath((path) => {
    const short = SHORT.find(([long]) => long.test(path));
    return short && path.replace(short[0], () => short[1]);
  }),
  trailing: onPath((path) => (/\.\w+$/.test(path) ? `${path}.` : undefined)),
  urlCase: onUrl((url, dice) => url.replace(/^[^/]+\/\/[^/?#]+/, (head) => randomCase(head, dice))),
  urlSlashes: onUrl((url) => url.replace(/^(https?:)\/\//i, "$1\\\\")),
  urlDots: onUrl((url, dice) =>
    url.replace(/^(\w+:\/\/[^/?#]+)\//, (_, head) => `${head}${dice.pick(["/./", "/q/../", "/a/b/../../", "/%2e/"])}`),
  ),
  urlAddress: onUrl((url, dice) =>
    url.replace(/\/\/(\d+)\.(\d+)\.(\d+)\.(\d+)(?=[:/])/, (_, ...parts: string[]) => {
      const [a, b, c, d] = parts.slice(0, 4).map(Number) as [number, number, number, number];
      const whole = ((a * 256 + b) * 256 + c) * 256 + d;
      return `//${dice.pick([`${whole}`, `0x${whole.toString(16)}`, `0${a.toString(8)}.${b}.0x${c.toString(16)}.${d}`, `${a}.${(b * 256 + c) * 256 + d}`])}`;
    }),
  ),
  urlPort: onUrl((url) =>
    url.replace(
      /^(https?):\/\/([^/:?#]+)(?=[/?#])/i,
      (_, scheme: string, host: string) => `${scheme}://${host}:${/s$/i.test(scheme) ? 443 : 80}`,
    ),
  ),
  urlEscape: onUrl((url, dice) => {
    const at = url.indexOf("/", 8) + 1;
    const letters = [...url].flatMap((c, i) =>
      at > 0 && i >= at && /[a-z]/.test(c) && !/[?#%]/.test(url.slice(at, i)) && i < url.lastIndexOf(".") ? [i] : [],
    );
    if (letters.length === 0) return undefined;
    const i = dice.pick(letters);
    return `${url.slice(0, i)}%${url.charCodeAt(i).toString(16)}${url.slice(i + 1)}`;
  }),
  extension: (line, dice) => {
    const shown = line.entry.behaviours.filter(({ id }) => id === line.behaviour);
    const implied = shown.flatMap(({ bindings }) => bindings.flatMap(({ ext }) => ext ?? []));
    return rewriteWord(
      ({ raw }) => implied.some((ext) => new RegExp(`^[^.]*\\${ext}"?$`, "i").test(raw)),
      ({ raw }) => raw.replace(/\.\w+("?)$/, "$1"),
    )(line, dice);
  },
  spelling: rewriteWord(foldedOption, (word, dice, { entry }) => {
    const [name, rest] = nameOf(word);
    const lead = /^(?:--|.)/.exec(name)?.[0] ?? "";
    const others = Object.entries(entry.grammar.options).filter(
      ([key, { name: own }]) => own === word.option?.name && `${lead}${key}` !== name.toLowerCase(),
    );
    return others.length > 0 ? lead + dice.pick(others)[0] + rest : undefined;
  }),
  separator: rewriteWord(foldedOption, (word, dice) => {
    const [name, rest] = nameOf(word);
    const after = word.option?.after ?? "";
    return word.option?.takes !== "flag" && after.includes(rest[0] ?? "?")
      ? name + dice.pick([...after]) + rest.slice(1)
      : undefined;
  }),
  blanks: ({ program, words }, dice) => [program, ...words.map(({ raw }) => raw)].join(dice.pick(["  ", "\t", " \t "])),
  swap: ({ program, words, until, entry }, dice) => {
    // Neighbouring groups of an option and its value, in front of whatever belongs to another program.
    const starts = words.flatMap(({ follows }, i) => (!follows && i < until ? [i] : []));
    const groups = starts.map((start, i) => words.slice(start, starts[i + 1] ?? Math.min(until, words.length)));
    const tail = words.slice(until);
    const plain = (i: number) => groups[i]?.[0]?.option !== undefined && groups[i]?.[0]?.option?.takes !== "optional";
    const places = groups.flatMap((_, i) =>
      plain(i) && plain(i + 1) && groups[i]?.[0]?.option !== groups[i + 1]?.[0]?.option ? [i] : [],
    );
    if (places.length === 0 || entry.grammar.reader !== undefined || entry.grammar.style === "single") return undefined;
    const at = dice.pick(places);
    const order = groups.map((_, i) => (i === at ? at + 1 : i === at + 1 ? at : i));
    return join({ program, words: [...order.flatMap((i) => groups[i] ?? []), ...tail] });
  },
};
