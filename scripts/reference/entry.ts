import type { Behaviour, CatalogEntry, Grammar, NormalUse, OptionSpec } from "../../src/catalog/types.ts";
import { USUAL } from "../../src/catalog/usual.ts";
import { NEEDED } from "../../src/cli/catalog/show.ts";
import { mitigationName, techniqueName } from "../../src/outputs/attack.ts";
import { bindingsWords, code, conditionWords, prose } from "./words.ts";

const TAKES: Readonly<Record<OptionSpec["takes"], string>> = {
  flag: "",
  value: " VALUE",
  optional: " [VALUE]",
  digits: " [DIGITS]",
  values: " VALUE…",
  groups: " NUMBER VALUE…",
  rest: " EVERYTHING BEHIND IT",
  until: " WORDS",
};

const MANY = { one: "", optional: "?", any: "*", some: "+", rest: "…", raw: "…" } as const;

/** Options that take something, each with its spellings; switches are many and say little. */
function optionWords({ options, style }: Grammar): string[] {
  const names = new Map<OptionSpec["name"], string[]>();
  const lead = (name: string) => (style === "windows" ? "/" : style === "gnu" && name.length > 1 ? "--" : "-");
  for (const [spelling, { name, takes }] of Object.entries(options))
    if (takes !== "flag" && spelling !== "*") names.set(name, [...(names.get(name) ?? []), lead(spelling) + spelling]);
  return [...names].map(([name, spellings]) =>
    code(`${spellings.join(", ")}${TAKES[options[name]?.takes ?? "value"]}`),
  );
}

function grammarLines({ grammar }: CatalogEntry): string[] {
  const lines: string[] = [];
  const options = optionWords(grammar);
  const switches = Object.values(grammar.options).filter(({ takes }) => takes === "flag").length;
  if (options.length > 0) lines.push(`- with values: ${options.join(" ")}`);
  if (switches > 0) lines.push(`- ${switches} ${switches === 1 ? "switch" : "switches"} without a value`);
  if (grammar.operands.length > 0)
    lines.push(`- operands: ${grammar.operands.map(({ name, many }) => code(name + MANY[many])).join(" ")}`);
  const commands = [...new Set(Object.values(grammar.commands).map(({ name }) => name))];
  if (commands.length > 0) lines.push(`- subcommands: ${commands.map(code).join(" ")}`);
  if (grammar.reader !== undefined) lines.push("- it cuts its line in a way of its own");
  return lines.length > 0 ? lines : ["- none that matter here"];
}

const techniqueWords = (id: string) => `${id} ${techniqueName(id) ?? ""}`.trim();

function behaviourLines(behaviour: Behaviour): string[] {
  const { id, title, category, usual, techniques, confirmedBy, when, floor } = behaviour;
  const condition = conditionWords(when);
  const bindings = bindingsWords(behaviour);
  return [
    `**${prose(title)}** (${code(id)}): ${category}, ${USUAL[usual]}`,
    "",
    ...(condition === "" ? [] : [`- when ${condition}`]),
    ...(bindings === "" ? [] : [`- it ${bindings}`]),
    `- ${techniques.map(techniqueWords).join(", ")}`,
    ...(confirmedBy.length > 0 ? [`- confirmed by ${confirmedBy.map(prose).join(", ")}`] : []),
    ...(floor
      ? [`- never below ${floor.level}${floor.when.length > 0 ? `, if ${conditionWords(floor.when)}` : ""}`]
      : []),
    "",
  ];
}

function normalLine({ behaviours, runs, parent, when, why }: NormalUse, entry: CatalogEntry): string {
  const short = (id: string) => code(id.slice(entry.id.length + 1));
  const narrowed = [
    behaviours.length > 0 && behaviours.map((id) => (id.includes("/") ? short(id) : code(id))).join(", "),
    when.length > 0 && conditionWords(when),
    runs.length > 0 && `all that runs lies in ${runs.join(", ")}`,
    parent.length > 0 && `started by ${parent.map(code).join(", ")}`,
  ].filter(Boolean);
  return `- ${prose(why)}${narrowed.length > 0 ? ` (${narrowed.join("; ")})` : ""}`;
}

const listed = (title: string, lines: readonly string[]) => (lines.length > 0 ? [`${title}`, "", ...lines, ""] : []);

/** Everything about one entry, as a section of a page. */
export function entrySection(entry: CatalogEntry): string {
  const identity = [
    entry.aliases.length > 0 && `also ${entry.aliases.map(code).join(", ")}`,
    entry.originalNames.length > 0 && `original file name ${entry.originalNames.map(code).join(", ")}`,
    entry.homes.length > 0 && `lives in ${entry.homes.map(code).join(", ")}`,
    entry.packages.length > 0 && `packages ${entry.packages.map(code).join(", ")}`,
    entry.signer !== undefined && `signed by ${prose(entry.signer)}`,
  ].filter(Boolean);
  return [
    `## ${entry.name}`,
    "",
    `${prose(entry.purpose)} ${NEEDED[entry.needed]}`,
    "",
    ...(identity.length > 0 ? [`${identity.join("; ")}.`, ""] : []),
    ...listed("Arguments:", grammarLines(entry)),
    ...entry.behaviours.flatMap(behaviourLines),
    ...listed(
      "Normal use:",
      entry.normal.map((use) => normalLine(use, entry)),
    ),
    ...(entry.mitigations.length > 0
      ? [`Stopped by ${entry.mitigations.map((id) => `${id} ${mitigationName(id) ?? ""}`.trim()).join(", ")}.`, ""]
      : []),
    `References: ${entry.references.map((url) => `<${url}>`).join(", ")}`,
    "",
  ].join("\n");
}
