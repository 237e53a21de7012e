import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import { plural } from "../../src/outputs/counts.ts";
import { Cures } from "./cures.tsx";
import { Text } from "./text.tsx";

/** Cases shown at first: the findings below should not be far away. */
const MOST = 5;

interface Props {
  readonly cases: readonly Case[];
  readonly findings: readonly Finding[];
  /** Leads to a finding. */
  readonly jump: (id: string) => void;
  /** On paper nothing can be opened. */
  readonly everything: boolean;
}

function Story({ item, titles, jump }: { item: Case; titles: ReadonlyMap<string, string>; jump: Props["jump"] }) {
  const there = item.findings.filter((id) => titles.has(id));
  return (
    <>
      <p>
        <Text value={item.text} />
      </p>
      <h3>Its findings</h3>
      <ol>
        {there.map((id) => (
          <li key={id}>
            <button type="button" onClick={() => jump(id)}>
              <Text value={titles.get(id) ?? ""} />
            </button>
          </li>
        ))}
      </ol>
      {item.cures && (
        <>
          <h3>What would have stopped it</h3>
          <Cures cures={item.cures} />
        </>
      )}
    </>
  );
}

/** Findings of one intrusion on one host, as a story that leads to each of them. */
export function Cases({ cases, findings, jump, everything }: Props): JSX.Element | null {
  const [isWhole, setWhole] = useState(false);
  if (cases.length === 0) return null;
  const shown = everything || isWhole ? cases : cases.slice(0, MOST);
  const titles = new Map(findings.map(({ id, title }) => [id, title]));
  return (
    <section class="cases" aria-label="Cases">
      <h2>{plural(cases.length, "case")}</h2>
      {shown.map((item) => (
        <details key={item.id} open={everything} class={item.level}>
          <summary>
            <b>{Math.round(item.score)}</b> <Text value={item.title} />{" "}
            <small>
              {plural(item.findings.length, "finding")}
              {item.host !== undefined && (
                <>
                  {" "}
                  on <Text value={item.host} />
                </>
              )}
            </small>
          </summary>
          <Story item={item} titles={titles} jump={jump} />
        </details>
      ))}
      {shown.length < cases.length && (
        <button type="button" class="show-more" onClick={() => setWhole(true)}>
          Show all {cases.length} cases
        </button>
      )}
    </section>
  );
}
