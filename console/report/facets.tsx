import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Finding } from "../../src/model/finding.ts";
import { techniqueName } from "../../src/outputs/attack.ts";
import { visible } from "../../src/outputs/escape.ts";
import { type Selection, tally } from "./select.ts";
import { number, Text } from "./text.tsx";

const MOST = 8;
const MORE = 40;

interface Props {
  readonly findings: readonly Finding[];
  readonly selection: Selection;
  readonly change: (part: Partial<Selection>) => void;
}

interface FacetProps {
  readonly title: string;
  readonly rows: readonly [string, number][];
  readonly chosen: string | undefined;
  readonly choose: (value: string | undefined) => void;
  readonly note?: (value: string) => string | undefined;
}

function Facet({ title, rows, chosen, choose, note }: FacetProps): JSX.Element | null {
  const [shown, setShown] = useState(MOST);
  if (rows.length === 0) return null;
  const most = rows[0]?.[1] ?? 1;
  return (
    <section class="facet">
      <h2>{title}</h2>
      {rows.slice(0, shown).map(([value, count]) => (
        <button
          key={value}
          type="button"
          aria-pressed={chosen === value}
          title={visible([value, note?.(value) ?? ""].join(" ").trim())}
          onClick={() => choose(chosen === value ? undefined : value)}
        >
          <span class="name">
            <Text value={value} />
            {note?.(value) !== undefined && <small> {note(value)}</small>}
          </span>
          <span class="count">{number(count)}</span>
          <span class="bar" style={{ width: `${(count / most) * 100}%` }} />
        </button>
      ))}
      {rows.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + MORE)}>
          and {rows.length - shown} more
        </button>
      )}
    </section>
  );
}

/** Ways into the findings: what was done, with which binary, where. */
export function Facets({ findings, selection, change }: Props): JSX.Element {
  return (
    <aside>
      <Facet
        title="Techniques"
        rows={tally(findings, (finding) => finding.techniques)}
        chosen={selection.technique}
        choose={(technique) => change({ technique })}
        note={techniqueName}
      />
      <Facet
        title="Binaries"
        rows={tally(findings, (finding) => [finding.binary.name])}
        chosen={selection.binary}
        choose={(binary) => change({ binary })}
      />
      <Facet
        title="Hosts"
        rows={tally(findings, (finding) => [finding.host])}
        chosen={selection.host}
        choose={(host) => change({ host })}
      />
    </aside>
  );
}
