/** What rules of words find in the same command lines: just as much of Sigma as rules for process starts use. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** A process start as a rule sees it. What a command line does not tell, such as the parent, is absent and matches nothing. */
export type Start = Readonly<Record<string, string>>;

type Test = (start: Start) => boolean;

interface Rule {
  readonly logsource?: { readonly category?: string };
  readonly detection?: Readonly<Record<string, unknown>>;
}

const WORD = /\(|\)|[^\s()]+/g;

/** Characters that Windows programs take for the dash that rules are written with. */
const DASHES = ["-", "/", "–", "—", "―"];

/** A value with the wildcards `*` and `?`, which a backslash takes their meaning. */
function pattern(value: string, before: string, after: string): RegExp {
  const body = value.replace(/\\([*?\\])|[*?]|[.+^${}()|[\]\\]/g, (found, escaped: string | undefined) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return found === "*" ? ".*" : found === "?" ? "." : `\\${found}`;
  });
  return new RegExp(`^${before}${body}${after}$`, "is");
}

function valueTest(value: unknown, modifiers: readonly string[]): (text: string | undefined) => boolean {
  if (value === null) return (text) => text === undefined;
  const written = String(value);
  if (modifiers.includes("re")) {
    const wanted = new RegExp(written.replace(/^\(\?i\)/, ""), modifiers.includes("i") ? "i" : "");
    return (text) => text !== undefined && wanted.test(text);
  }
  const before = modifiers.includes("contains") || modifiers.includes("endswith") ? ".*" : "";
  const after = modifiers.includes("contains") || modifiers.includes("startswith") ? ".*" : "";
  const spellings = modifiers.includes("windash") ? DASHES.map((dash) => written.replace(/[-/]/, dash)) : [written];
  const patterns = spellings.map((spelling) => pattern(spelling, before, after));
  return (text) => text !== undefined && patterns.some((one) => one.test(text));
}

function fieldTest(key: string, wanted: unknown): Test {
  const [field = "", ...modifiers] = key.split("|");
  const tests = [wanted].flat().map((value) => valueTest(value, modifiers));
  return modifiers.includes("all")
    ? (start) => tests.every((test) => test(start[field]))
    : (start) => tests.some((test) => test(start[field]));
}

/** A map is met as a whole; of a list one item is enough. */
function selectionTest(selection: unknown): Test {
  if (Array.isArray(selection)) {
    const tests = selection.map(selectionTest);
    return (start) => tests.some((test) => test(start));
  }
  if (typeof selection !== "object" || selection === null) {
    const test = valueTest(selection, ["contains"]);
    return (start) => Object.values(start).some(test);
  }
  const tests = Object.entries(selection).map(([key, wanted]) => fieldTest(key, wanted));
  return (start) => tests.every((test) => test(start));
}

/** A condition: `not` before `and` before `or`, brackets, `1 of` and `all of` names with a star. */
function conditionTest(condition: string, selections: ReadonlyMap<string, Test>): Test {
  const words = condition.match(WORD) ?? [];
  let at = 0;
  const named = (name: string): Test[] => {
    const wanted = name === "them" ? /^[^_]/ : pattern(name, "", "");
    return [...selections].flatMap(([key, test]) => (wanted.test(key) ? [test] : []));
  };
  const one = (): Test => {
    const word = words[at++] ?? "";
    if (word === "not") {
      const test = one();
      return (start) => !test(start);
    }
    if (word === "(") {
      const test = either();
      at++;
      return test;
    }
    if (words[at] === "of") {
      const tests = named(words[at + 1] ?? "");
      at += 2;
      return word === "all"
        ? (start) => tests.every((test) => test(start))
        : (start) => tests.some((test) => test(start));
    }
    const test = selections.get(word);
    if (!test) throw new Error(`the condition “${condition}” names “${word}”, which there is not`);
    return test;
  };
  const joined = (by: string, part: () => Test, join: (left: Test, right: Test) => Test) => () => {
    let test = part();
    while (words[at] === by) {
      at++;
      test = join(test, part());
    }
    return test;
  };
  const both = joined("and", one, (left, right) => (start) => left(start) && right(start));
  const either = joined("or", both, (left, right) => (start) => left(start) || right(start));
  return either();
}

/** @throws Error for a condition that it does not understand */
export function ruleTest({ condition, ...selections }: Readonly<Record<string, unknown>>): Test {
  const tests = new Map(Object.entries(selections).map(([name, value]) => [name, selectionTest(value)]));
  return conditionTest(String(condition), tests);
}

/** The rules for process starts in a folder. */
export function readRules(folder: string): Test[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yml"));
  const rules = files.flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), "utf8")));
  return rules
    .map((document) => document.toJS() as Rule)
    .flatMap(({ logsource, detection }) =>
      logsource?.category === "process_creation" && detection ? [ruleTest(detection)] : [],
    );
}
