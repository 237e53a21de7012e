import type { JSX } from "preact";
import type { EventRef, Evidence } from "../../src/model/finding.ts";
import type { Source } from "../../src/model/record.ts";
import { Text } from "./text.tsx";

/** Where a record stands, as short as it can be said beside a finding of this file; undefined for the finding's own record. */
export function place({ file, index, recordId }: EventRef, own: Source): string | undefined {
  if (file === own.file && index === own.index) return undefined;
  const record = recordId === undefined ? `#${index ?? "?"}` : `record ${recordId}`;
  return file === own.file ? record : `${file.split("/").at(-1)} ${record}`;
}

const signed = (points: number) => `${points < 0 ? "\u2212" : "+"}${Math.abs(Math.round(points * 10) / 10)}`;

function Row({ evidence, most, source }: { evidence: Evidence; most: number; source: Source }): JSX.Element {
  const { points, text, events } = evidence;
  const places = events.map((event) => place(event, source)).filter((one) => one !== undefined);
  const shown = places.slice(0, 3).join(", ") + (places.length > 3 ? ` and ${places.length - 3} more` : "");
  return (
    <li class={points < 0 ? "against" : "for"}>
      <span class="points">{signed(points)}</span>
      <span class="track" aria-hidden="true">
        <span class="weight" style={{ width: `${(Math.abs(points) / most) * 100}%` }} />
      </span>
      <span class="fact">
        <Text value={text} />
        {shown !== "" && (
          <small>
            {" "}
            <Text value={shown} />
          </small>
        )}
      </span>
    </li>
  );
}

/** Facts for and against, the weightiest first, with their points as bars from a common middle. */
export function EvidenceList({ evidence, source }: { evidence: readonly Evidence[]; source: Source }): JSX.Element {
  if (evidence.length === 0) return <p class="none">None is listed.</p>;
  const most = Math.max(1, ...evidence.map(({ points }) => Math.abs(points)));
  return (
    <ul class="evidence">
      {evidence
        .toSorted((a, b) => b.points - a.points)
        .map((one, index) => (
          <Row key={`${one.id}${index}`} evidence={one} most={most} source={source} />
        ))}
    </ul>
  );
}
