import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Finding } from "../../src/model/finding.ts";
import { Detail } from "./detail.tsx";
import { shortTime, Text } from "./text.tsx";

/** Rows laid out at a time: a browser takes its time over thousands. */
const PAGE = 100;

interface Props {
  readonly findings: readonly Finding[];
  /** All findings of the page, to look up related ones. */
  readonly all: readonly Finding[];
  readonly open: string | undefined;
  readonly show: (id: string | undefined) => void;
  readonly jump: (id: string) => void;
  /** Lay out everything, opened: for paper. */
  readonly everything: boolean;
}

interface RowProps extends Omit<Props, "findings" | "open" | "everything"> {
  readonly finding: Finding;
  readonly open: boolean;
}

function Row({ finding, all, open, show, jump }: RowProps): JSX.Element {
  const { id, level, score, title, commandLine, canonical, techniques, host, user } = finding;
  return (
    <li class={`finding ${level} ${open ? "open" : ""}`} id={`f-${id}`}>
      <button type="button" class="row" aria-expanded={open} onClick={() => show(open ? undefined : id)}>
        <span class="score" title={`${level}, score ${score} of 100`}>
          <b>{Math.round(score)}</b>
          <span>{level}</span>
        </span>
        <span class="what">
          <span class="title">
            <Text value={title} />
          </span>
          <code class="line">
            <Text value={commandLine ?? canonical ?? ""} />
          </code>
        </span>
        <span class="where">
          <time>{shortTime(finding.time)}</time>
          {[host, user].map((who) =>
            who === undefined ? null : (
              <span key={who} class="who">
                <Text value={who} />
              </span>
            ),
          )}
          <span class="techniques">{techniques.join(" ")}</span>
        </span>
      </button>
      {open && <Detail finding={finding} all={all} jump={jump} />}
    </li>
  );
}

/** The list of findings; a row opens to what it rests on. */
export function Findings({ findings, all, open, show, jump, everything }: Props): JSX.Element {
  const [most, setMost] = useState(PAGE);
  const at = findings.findIndex(({ id }) => id === open);
  const shown = everything ? findings : findings.slice(0, Math.max(most, at + 1));
  useEffect(() => {
    if (open !== undefined && location.hash === `#f-${open}`)
      document.getElementById(`f-${open}`)?.scrollIntoView({ block: "nearest" });
  }, [open]);
  if (findings.length === 0) return <p class="nothing">Nothing matches what is chosen.</p>;
  return (
    <>
      <ol class="findings">
        {shown.map((finding) => (
          <Row
            key={finding.id}
            finding={finding}
            all={all}
            open={everything || finding.id === open}
            show={show}
            jump={jump}
          />
        ))}
      </ol>
      {shown.length < findings.length && (
        <button type="button" class="show-more" onClick={() => setMost(most + PAGE)}>
          Show {Math.min(PAGE, findings.length - shown.length)} more of {findings.length - shown.length}
        </button>
      )}
    </>
  );
}
