import type { CatalogEntry, Condition, OptionSpec } from "../../src/catalog/types.ts";
import type { Dice } from "../../test/fuzz/random.ts";
import type { Words } from "./lines.ts";

/** Stands in whatever is meant to be taken for a payload. Nothing reads, runs or writes it. */
export const DECOY = /decoy/i;

const LOOKS = {
  windows: [
    "C:\\Decoy\\calc.exe",
    "C:\\Decoy\\decoy.dll",
    "C:\\Users\\Public\\decoy.ps1",
    "https://decoy.example/a.hta",
    "\\\\decoy.example\\s\\x.dll",
    "decoy.sct",
  ],
  linux: ["/opt/decoy/run", "/tmp/decoy.so", "/tmp/decoy.sh", "https://decoy.example/a.sh", "./decoy.py", "decoy:1"],
} as const;

export const decoyFor = (windows: boolean, dice: Dice): string => dice.pick(LOOKS[windows ? "windows" : "linux"]);

const elementsOf = (conditions: readonly Condition[]) =>
  conditions.flatMap((tests) => tests.map(({ element }) => element));

/** Elements that have a part in any behaviour. */
function used({ behaviours }: CatalogEntry): ReadonlySet<string> {
  return new Set(
    behaviours.flatMap(({ when, bindings, floor }) => [
      ...elementsOf(when),
      ...elementsOf(floor?.when ?? []),
      ...bindings.flatMap(({ from, args, entryFrom, server, when: own, into }) => [
        ...from,
        args ?? "",
        entryFrom ?? "",
        server ?? "",
        ...(into ?? []),
        ...elementsOf(own ?? []),
      ]),
    ]),
  );
}

type Option = readonly [spelling: string, spec: OptionSpec];

/** What the program takes and does nothing with for others. */
function idleOptions({ entry: { grammar }, entry }: Words): { flags: readonly Option[]; valued: readonly Option[] } {
  const busy = used(entry);
  const idle = Object.entries(grammar.options).filter(
    ([key, { name, last }]) => !/^(?:[*?-]|h|help|v|version|V|\d)$/.test(key) && !busy.has(name) && !last,
  );
  return {
    flags: idle.filter(([, { takes }]) => takes === "flag"),
    valued: idle.filter(([, { takes, after, next }]) => takes === "value" && (next || after !== "")),
  };
}

function write([key, { takes, after, next }]: Option, line: Words, dice: Dice): readonly string[] {
  const windows = line.entry.grammar.style === "windows";
  const lead = windows ? dice.pick(["/", "-"]) : key.length > 1 && line.entry.grammar.style === "gnu" ? "--" : "-";
  const option = `${lead}${key}`;
  if (takes === "flag") return [option];
  const decoy = decoyFor(line.entry.platform === "windows", dice);
  return next && (after === "" || dice.below(2) === 0) ? [option, decoy] : [`${option}${after[0]}${decoy}`];
}

/** Whether words may be put in front and mean what they would mean elsewhere. */
const isOpen = ({ entry, until }: Words): boolean => {
  const busy = used(entry);
  const { reader, bundleFirst } = entry.grammar;
  return reader === undefined && !bundleFirst && until >= 0 && !busy.has("$unknown") && !busy.has("$args");
};

/** Whether what stands at the end of the line may be another's: a subcommand's, a command's, that of the program it runs. */
const isEndless = ({ entry: { grammar }, until, words }: Words): boolean =>
  grammar.ordered === true ||
  until < words.length ||
  Object.keys(grammar.commands).length > 0 ||
  grammar.operands.some(({ many }) => many === "rest" || many === "raw");

/** Whether the line calls the program by a name of its own. */
function isNamed({ entry, program }: Words): boolean {
  const base = (path: string) =>
    /[^\\/"]*"?$/
      .exec(path)?.[0]
      .replace(/(?:\.exe)?"?$/i, "")
      .toLowerCase();
  return [entry.name, ...entry.aliases].some((name) => base(name) === base(program));
}

/** Ways of saying something harmless on the way; undefined where the program has none. */
export const DECOYS: Readonly<Record<string, (line: Words, dice: Dice) => readonly string[] | undefined>> = {
  flag(line, dice) {
    const { flags } = idleOptions(line);
    return isOpen(line) && flags.length > 0 ? before(line, write(dice.pick(flags), line, dice)) : undefined;
  },
  value(line, dice) {
    const { valued } = idleOptions(line);
    return isOpen(line) && valued.length > 0 ? before(line, write(dice.pick(valued), line, dice)) : undefined;
  },
  /** Several, and behind what they stand before elsewhere, where nothing of the line belongs to another program. */
  many(line, dice) {
    const { flags, valued } = idleOptions(line);
    if (!isOpen(line) || !isNamed(line) || valued.length === 0) return undefined;
    const all = [...flags, ...valued];
    const made = [dice.pick(all), dice.pick(valued), dice.pick(all)].flatMap((option) => write(option, line, dice));
    return isEndless(line) || dice.below(2) === 0 ? before(line, made) : [...line.words.map(({ raw }) => raw), ...made];
  },
  /** A long option that no grammar knows, with its value in the same word. A program told by its options alone is none that knows it. */
  unknown(line, dice) {
    const { style, options } = line.entry.grammar;
    const isGlued = Object.entries(options).some(([key, { glued }]) => key === "*" || (glued && key === "z"));
    if (!isOpen(line) || isGlued || !isNamed(line) || style === "none" || style === "single") return undefined;
    const decoy = decoyFor(line.entry.platform === "windows", dice);
    return before(line, [style === "windows" ? `/zqtitle:${decoy}` : `--zq-title=${decoy}`]);
  },
};

const before = ({ words }: Words, made: readonly string[]) => [...made, ...words.map(({ raw }) => raw)];
