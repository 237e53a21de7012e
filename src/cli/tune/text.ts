import { stringify } from "yaml";
import { LEVELS } from "../../model/level.ts";
import { number, plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import type { Effect } from "../../pipeline/tune/effect.ts";
import type { Proposal, Tuned } from "../../pipeline/tune/tune.ts";

const day = (time: number) => new Date(time).toISOString().slice(0, 10);
const MAX_LINE = 160;

function hides({ findings, hosts, first, last, levels }: Effect): string {
  const by = LEVELS.toReversed().flatMap((level) => (levels[level] ? [`${number(levels[level])} ${level}`] : []));
  const when = first > last ? "" : day(first) === day(last) ? `, on ${day(first)}` : `, ${day(first)} to ${day(last)}`;
  return `would hide ${plural(findings, "finding")} (${by.join(", ")}) on ${plural(hosts.size, "host")}${when}`;
}

/** A stranger's text in a comment: one line, nothing hidden. */
const comment = (text: string) => `  # ${visible(text).slice(0, MAX_LINE)}\n`;

function entryText({ draft, effect }: Proposal, answered: Answered): string {
  const { expires, ...facts } = draft;
  const yaml = stringify([{ ...facts, reason: answered.reason, author: answered.author, expires }], { lineWidth: 0 });
  const head = [hides(effect), ...effect.examples.map((line) => `such as: ${line}`)].map(comment).join("");
  return `${head}${yaml.replace(/^(?=.)/gm, "  ")}`;
}

/** Who answers for the entries, as far as it was said. */
export interface Answered {
  readonly reason: string;
  readonly author: string;
}

/** Proposals as an allow-list: what each would hide stands above it as a comment. Entries without reason and author are refused until somebody gives them. */
export function proposalsText({ proposals, refused, proven }: Tuned, answered: Answered): string {
  const good = proposals.filter(({ effect }) => effect.lost.length === 0);
  const bad = proposals.filter(({ effect }) => effect.lost.length > 0);
  const proof = proven === undefined ? "" : `; none of them hides one of ${plural(proven, "labelled true act")}`;
  const parts = [
    `# ${plural(good.length, "proposal")}${good.length > 0 ? proof : ""}.\n`,
    ...(good.length > 0 && (answered.reason === "" || answered.author === "")
      ? ["# Say of each why it is ordinary, and who answers for it: an entry without reason or author is refused.\n"]
      : []),
    ...bad.map(
      ({ draft, effect }) =>
        `# Not proposed: ${visible(String(draft.behaviour))} in ${visible(String(draft.directory ?? draft.signer ?? ""))}, as it would hide ${plural(effect.lost.length, "finding")} known to be true (${effect.lost.slice(0, 3).join(", ")}).\n`,
    ),
    ...[...refused].map(([why, count]) => `# Left as they are: ${plural(count, "finding")}, as ${visible(why)}.\n`),
    good.length > 0 ? `allow:\n${good.map((one) => entryText(one, answered)).join("")}` : "allow: []\n",
  ];
  return parts.join("");
}

/** The same for programs: a proposal a line. */
export function proposalsJson({ proposals }: Tuned): object[] {
  return proposals.map(({ draft, effect: { findings, hosts, first, last, levels, examples, lost } }) => ({
    schema: "whatran/proposal/1",
    entry: draft,
    hides: {
      findings,
      hosts: [...hosts].sort(),
      ...(first <= last && { first: new Date(first).toISOString(), last: new Date(last).toISOString() }),
      levels,
      examples,
    },
    lost,
  }));
}
