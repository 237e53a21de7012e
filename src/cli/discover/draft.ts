import { stringify } from "yaml";
import { plural } from "../../outputs/counts.ts";
import { visibleLines } from "../../outputs/escape.ts";
import { redact } from "../../outputs/redact.ts";
import type { Discovery } from "../../pipeline/discover.ts";

const TITLES: Readonly<Record<Discovery["acts"][number], string>> = {
  start: "Starts the program that its argument names",
  load: "Loads the library that its argument names",
  open: "Acts on what its argument names",
  fetch: "Fetches what its argument names",
  write: "Writes the file that its argument names",
};

const CONFIRMED: typeof TITLES = {
  start: "processCreation child",
  load: "moduleLoad payload",
  open: "processCreation child",
  fetch: "networkConnection",
  write: "fileCreation",
};

const CATEGORIES = { runs: "execute", fetches: "download", writes: "copy" } as const;
const VERBS = { runs: "run", fetches: "fetch", writes: "write" } as const;

/** The name of an option without its character and what attaches the value. */
const bare = (option: string) => option.replace(/^[-/]+|[:=,]$/g, "").toLowerCase();
const nameOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

const elementOf = ({ option }: Discovery) => (option === undefined ? "arguments" : bare(option));

/** All that was seen of one option, or of the operands: one behaviour. */
type Way = readonly [Discovery, ...Discovery[]];

function idOf([{ role, what, option }]: Way): string {
  const act = role === "runs" && what !== "auto" ? nameOf(what.replace(/[A-Z]/g, "-$&")) : VERBS[role];
  return option === undefined ? act : `${act}-${nameOf(bare(option)) || "option"}`;
}

function bindingOf(one: Discovery) {
  // The entry of a library stands behind a comma.
  const entered = one.lines.some(({ line, text }) => line.includes(`${text},`) || line.includes(`${text}",`));
  const what = one.role === "runs" && one.what !== "inlineCode" ? one.what : "auto";
  return { what, from: elementOf(one), ...(entered && { before: "," }) };
}

function behaviourOf(way: Way) {
  const [{ role, acts }] = way;
  const fetches = way.some((one) => one.role === "fetches");
  return {
    id: idOf(way),
    title: TITLES[acts[0] as Discovery["acts"][number]],
    category: CATEGORIES[role],
    when: { [elementOf(way[0])]: "present" },
    [role]: bindingOf(way[0]),
    techniques: fetches ? ["T1105", "T1218"] : ["T1218"],
    usual: "uncommon",
    confirmedBy: [...new Set(way.flatMap((one) => one.acts.map((act) => CONFIRMED[act])))],
  };
}

const ROLE_ORDER = ["runs", "fetches", "writes"];

/** The ways of one program; of several roles of one argument what it runs comes first. */
function waysOf(discoveries: readonly Discovery[]): readonly Way[] {
  const ways = new Map<string, Discovery[]>();
  for (const one of discoveries.toSorted((a, b) => ROLE_ORDER.indexOf(a.role) - ROLE_ORDER.indexOf(b.role)))
    ways.set(elementOf(one), [...(ways.get(elementOf(one)) ?? []), one]);
  return [...ways.values()] as unknown as readonly Way[];
}

export type DraftVector = Readonly<Record<string, unknown>> & { readonly behaviour: string };

/** An entry of the catalogue, and its vectors, drafted from what one program was seen to do; passwords and keys are masked. */
export function draftEntry(all: readonly Discovery[]): {
  readonly entry: string;
  readonly vectors: readonly DraftVector[];
} {
  const [first] = all as [Discovery];
  const ways = waysOf(all);
  const options = all.flatMap(({ option }) => (option === undefined ? [] : [bare(option)]));
  const entry = {
    binary: first.binary,
    homes: [first.image.slice(0, Math.max(0, first.image.length - first.binary.length - 1))],
    purpose: "Draft: say here what the program is for.",
    needed: "rarely",
    grammar: {
      style: first.platform === "windows" ? "windows" : "gnu",
      options: { ...Object.fromEntries(options.map((name) => [name, "value"])), "*": "flag" },
      operands: ["arguments*"],
    },
    behaviours: ways.map(behaviourOf),
    mitigations: ["M1038"],
    references: ["https://attack.mitre.org/techniques/T1218/"],
  };
  const vectors = ways.flatMap((way) =>
    way[0].lines.map(({ line, args, text }) => ({
      ...(args ? { args: args.map(redact) } : { line: redact(line) }),
      image: way[0].image,
      behaviour: idOf(way),
      [way[0].role]: [redact(text)],
    })),
  );
  const seen = all
    .map(
      (one) =>
        `#   ${one.option ?? "an operand"}: ${one.role} ${plural(one.times, "time")} on ${plural(one.hosts, "host")}`,
    )
    .join("\n");
  const head = `# Drafted from logs: review every line, describe the program, and give its true grammar.\n${seen}\n`;
  return { entry: visibleLines(head) + stringify(entry, { lineWidth: 120 }), vectors };
}

export const vectorText = (resolve: readonly DraftVector[]): string => stringify({ resolve }, { lineWidth: 0 });
