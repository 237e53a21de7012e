import type { JSX } from "preact";
import type { Case } from "../../src/model/case.ts";
import type { Finding } from "../../src/model/finding.ts";
import { Text } from "./text.tsx";

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
        <ul>
          {item.cures.map((cure) => (
            <li key={cure}>
              <Text value={cure} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Findings of one intrusion on one host, as a story that leads to each of them. */
export function Cases({ cases, findings, jump, everything }: Props): JSX.Element | null {
  if (cases.length === 0) return null;
  const titles = new Map(findings.map(({ id, title }) => [id, title]));
  return (
    <section class="cases" aria-label="Cases">
      <h2>Cases</h2>
      {cases.map((item) => (
        <details key={item.id} open={everything} class={item.level}>
          <summary>
            <b>{Math.round(item.score)}</b> <Text value={item.title} />{" "}
            <small>
              {item.findings.length} findings
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
    </section>
  );
}
