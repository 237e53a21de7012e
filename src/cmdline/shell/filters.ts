type Filter = (args: readonly string[], stdin: string | undefined) => string | undefined;

/** Options by their letters with their values, attached or not, and the words that are none; undefined for any other option. */
function read(args: readonly string[], letters: string): { options: Map<string, string>; words: string[] } | undefined {
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const [, letter = "", value = ""] = /^-([a-z])(.*)$/is.exec(arg) ?? [];
    if (letter === "" || arg === "-") words.push(arg);
    else if (!letters.includes(letter)) return undefined;
    else options.set(letter, value || (args[++at] ?? ""));
  }
  return { options, words };
}

const eachLine = (text: string, change: (line: string) => string): string => {
  const ends = text.endsWith("\n");
  const lines = (ends ? text.slice(0, -1) : text).split("\n").map(change);
  return `${lines.join("\n")}${ends ? "\n" : ""}`;
};

/** Longest list of places; longest text that is put in place of another one, as often as that one stands there. */
const MAX_LIST = 64;
const MAX_TEXT = 64;

/** `3`, `2-4`, `3-`, `-2`, and several of them with commas: the places, counted from one. */
function places(list: string): ((at: number) => boolean) | undefined {
  if (list.length > MAX_LIST) return undefined;
  const ranges = list.split(",").map((one) => /^(\d{0,6})(-?)(\d{0,6})$/.exec(one));
  if (ranges.some((range) => !range?.[0]?.match(/\d/))) return undefined;
  return (at) =>
    ranges.some((range) => {
      const [, from = "", dash, to = ""] = range!;
      return dash ? at >= Number(from || 1) && at <= Number(to || Number.MAX_SAFE_INTEGER) : at === Number(from);
    });
}

const cut: Filter = (args, stdin) => {
  const given = read(args, "cbfd");
  if (!given || given.words.length > 0 || stdin === undefined) return undefined;
  const { options } = given;
  const characters = options.get("c") ?? options.get("b");
  const wanted = places(characters ?? options.get("f") ?? "");
  if (!wanted) return undefined;
  const by = characters === undefined ? (options.get("d") ?? "\t") : "";
  return eachLine(stdin, (line) =>
    by !== "" && !line.includes(by)
      ? line
      : line
          .split(by)
          .filter((_, at) => wanted(at + 1))
          .join(by),
  );
};

/** The first or the last lines or bytes. */
const ends =
  (first: boolean): Filter =>
  (args, stdin) => {
    const short = /^-(\d{1,6})$/.exec(args[0] ?? "")?.[1];
    const given = read(short === undefined ? args : ["-n", short, ...args.slice(1)], "nc");
    if (!given || given.words.length > 0 || stdin === undefined) return undefined;
    const bytes = given.options.get("c");
    const [, from = "", digits] = /^(\+?)(\d{1,6})$/.exec(bytes ?? given.options.get("n") ?? "10") ?? [];
    if (digits === undefined || (from && first)) return undefined;
    const count = Number(digits);
    const parts = bytes === undefined ? (stdin.match(/[^\n]*\n|[^\n]+$/g) ?? []) : [...stdin];
    const kept = first ? parts.slice(0, count) : from ? parts.slice(count - 1) : count === 0 ? [] : parts.slice(-count);
    return kept.join("");
  };

/** `s/x/y/g` with texts that stand for themselves. */
const sed: Filter = (args, stdin) => {
  const [, sign, pattern = "", text = "", flag] =
    /^s([/|,:#@!_])((?:(?!\1)[^\\.*[\]^$+?(){}\n])+)\1((?:(?!\1)[^\\&\n])*)\1(g?)$/.exec(args.at(-1) ?? "") ?? [];
  const plain = args.length === 1 || (args.length === 2 && args[0] === "-e");
  if (sign === undefined || !plain || stdin === undefined || text.length > MAX_TEXT) return undefined;
  return eachLine(stdin, (line) => (flag ? line.split(pattern).join(text) : line.replace(pattern, () => text)));
};

/** `{print $2}`, with `-F` and one character. */
const awk: Filter = (args, stdin) => {
  const given = read(args, "F");
  const field = /^\s*\{\s*print\s+\$(\d{1,3}|NF)\s*;?\s*\}\s*$/.exec(given?.words[0] ?? "")?.[1];
  const by = given?.options.get("F") ?? " ";
  if (given?.words.length !== 1 || field === undefined || by.length !== 1 || stdin === undefined) return undefined;
  const text = eachLine(stdin, (line) => {
    const fields = by === " " ? line.trim().split(/\s+/) : line.split(by);
    return field === "0" ? line : ((field === "NF" ? fields.at(-1) : fields[Number(field) - 1]) ?? "");
  });
  return text.endsWith("\n") ? text : `${text}\n`;
};

const pathPart =
  (name: boolean): Filter =>
  ([path = "", suffix = "", ...more]) => {
    if (path === "" || path.startsWith("-") || more.length > 0) return undefined;
    const bare = path.replace(/(?<=^\/|[^/])\/+$/, "");
    const slash = bare.lastIndexOf("/");
    if (!name) return `${slash < 0 ? "." : bare.slice(0, slash) || "/"}\n`;
    const last = bare.slice(slash + 1) || "/";
    return `${suffix && last !== suffix && last.endsWith(suffix) ? last.slice(0, -suffix.length) : last}\n`;
  };

/** Programs that take parts out of their input or their words. */
export const FILTERS: readonly (readonly [name: string, filter: Filter])[] = [
  ["cut", cut],
  ["head", ends(true)],
  ["tail", ends(false)],
  ["sed", sed],
  ["awk", awk],
  ["gawk", awk],
  ["mawk", awk],
  ["basename", pathPart(true)],
  ["dirname", pathPart(false)],
];
