import type { OpenChain, Setting } from "../../src/catalog/chains/types.ts";
import { inTable, prose } from "./words.ts";

const defaultOf = ({ value }: Setting) =>
  typeof value === "object" ? (value.length === 0 ? "none" : value.join(", ")) : String(value);

function section({
  id,
  title,
  platform,
  techniques,
  strength,
  alone,
  steps,
  anchor,
  settings,
}: OpenChain): readonly string[] {
  const rows = Object.entries(settings).map(
    ([name, setting]) =>
      `| \`${name}\`${setting.attack === undefined ? "" : " ✓"} | ${inTable(prose(setting.means))} | ${inTable(prose(defaultOf(setting)))} |`,
  );
  const walk = steps.map(({ id: step, required }, at) => `${step}${at === anchor ? " (begins)" : required ? "" : "?"}`);
  return [
    `## ${id}`,
    "",
    `${prose(title)}. ${platform}, ${alone ? `alone, ${alone}` : strength}, ${techniques.join(" ")}. Steps: ${walk.join(", ")}.`,
    "",
    ...(rows.length === 0 ? [] : ["| setting | means | default |", "| --- | --- | --- |", ...rows, ""]),
  ];
}

/** docs/reference/chains.md: every chain with the settings that a site may give other values. */
export function chainsPage(chains: readonly OpenChain[], made: string): string {
  const settings = chains.reduce((sum, chain) => sum + Object.keys(chain.settings).length, 0);
  return [
    "# Chains of events, and their settings",
    "",
    made,
    "",
    `${chains.length} chains with ${settings} settings; those with ✓ are mutable elements of ATT&CK's analytics, under its names. A site gives`,
    "them other values by `whatran scan --set CHAIN.NAME=VALUE`, or for all runs in whatran.yaml; a list is written with commas:",
    "",
    "```yaml",
    "scan:",
    "  set:",
    "    DET0433/AN1207: { TimeWindow: 5 min, TargetProcessAllowList: [notepad.exe] }",
    "```",
    "",
    "`whatran catalog chains` prints the values in force. Which hosts are the site's own, trusted or hostile is told once for all",
    "chains (docs/tuning.md). A step with ? adds to the story and is not needed.",
    "",
    ...chains.toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(section),
  ].join("\n");
}
