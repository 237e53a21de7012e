import type { JSX } from "preact";
import type { EventRef, Evidence } from "../../src/model/finding.ts";
import { Text } from "./text.tsx";

function place({ file, index, recordId }: EventRef): string {
  const name = file.split("/").at(-1) ?? file;
  return recordId === undefined ? `${name} #${index ?? "?"}` : `${name} record ${recordId}`;
}

const signed = (points: number) => `${points < 0 ? "\u2212" : "+"}${Math.abs(Math.round(points * 10) / 10)}`;

/** Facts for and against, the weightiest first, with their points as bars from a common middle. */
export function EvidenceList({ evidence }: { evidence: readonly Evidence[] }): JSX.Element {
  if (evidence.length === 0) return <p class="none">None is listed.</p>;
  const most = Math.max(1, ...evidence.map(({ points }) => Math.abs(points)));
  return (
    <ul class="evidence">
      {evidence
        .toSorted((a, b) => b.points - a.points)
        .map(({ id, points, text, events }) => (
          <li key={id} class={points < 0 ? "against" : "for"}>
            <span class="points">{signed(points)}</span>
            <span class="track" aria-hidden="true">
              <span class="weight" style={{ width: `${(Math.abs(points) / most) * 100}%` }} />
            </span>
            <span class="fact">
              <Text value={text} />
              {events.length > 0 && (
                <small>
                  {" "}
                  <Text value={events.slice(0, 3).map(place).join(", ")} />
                  {events.length > 3 && ` and ${events.length - 3} more`}
                </small>
              )}
            </span>
          </li>
        ))}
    </ul>
  );
}
