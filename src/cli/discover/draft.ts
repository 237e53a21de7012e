import { stringify } from "yaml";
import { visible } from "../../outputs/escape.ts";
import type { Discovery } from "../../pipeline/discover.ts";

const TITLES: Readonly<Record<string, string>> = {
  library: "Loads the library that its argument names",
  executable: "Starts the program that its argument names",
  fetches: "Fetches what its argument names",
  writes: "Writes the file that its argument names",
};

const CONFIRMED: Readonly<Record<string, string>> = {
  library: "moduleLoad payload",
  executable: "processCreation child",
  fetches: "networkConnection",
  writes: "fileCreation",
};

const aspect = ({ role, what }: Discovery) => (role === "runs" ? what : role);

/** The name of an option without its character and what attaches the value. */
const bare = (option: string) => option.replace(/^[-/]+|[:=]$/g, "").toLowerCase();

/** An entry of the catalogue, and its vectors, drafted from what one program was seen to do. */
export function draftEntry(discoveries: readonly Discovery[]): { readonly entry: string; readonly vectors: string } {
  const [first] = discoveries as [Discovery];
  const windows = first.platform === "windows";
  const options = discoveries.flatMap(({ option }) => (option === undefined ? [] : [bare(option)]));
  const element = (one: Discovery) => (one.option === undefined ? "arguments" : bare(one.option));
  const entry = {
    binary: first.binary,
    homes: [first.image.slice(0, Math.max(0, first.image.length - first.binary.length - 1))],
    purpose: "Draft: say here what the program is for.",
    needed: "rarely",
    grammar: {
      style: windows ? "windows" : "gnu",
      options: { ...Object.fromEntries(options.map((name) => [name, "value"])), "*": "flag" },
      operands: ["arguments*"],
    },
    behaviours: discoveries.map((one) => ({
      id: one.option === undefined ? aspect(one) : `${aspect(one)}-${bare(one.option).replace(/[^a-z0-9]+/g, "-")}`,
      title: TITLES[aspect(one)],
      category: one.role === "runs" ? "execute" : one.role === "fetches" ? "download" : "copy",
      when: { [element(one)]: "present" },
      [one.role]: { what: one.role === "runs" ? one.what : "auto", from: element(one) },
      techniques: one.role === "fetches" ? ["T1105", "T1218"] : ["T1218"],
      usual: "uncommon",
      confirmedBy: [CONFIRMED[aspect(one)]],
    })),
    mitigations: ["M1038"],
    references: ["https://attack.mitre.org/techniques/T1218/"],
  };
  const vectors = {
    resolve: discoveries.flatMap((one) =>
      one.lines.map(({ line, args, text }) => ({
        ...(args ? { args: [...args] } : { line }),
        behaviour: (entry.behaviours[discoveries.indexOf(one)] as { id: string }).id,
        [one.role]: [text],
      })),
    ),
  };
  const seen = discoveries
    .map((one) => `#   ${one.option ?? "an operand"}: ${one.role} ${one.times} times on ${one.hosts} hosts`)
    .join("\n");
  const head = `# Drafted from logs: review every line, describe the program, and give its true grammar.\n${seen}\n`;
  return {
    entry: head.split("\n").map(visible).join("\n") + stringify(entry, { lineWidth: 120 }),
    vectors: stringify(vectors, { lineWidth: 0 }),
  };
}
