import type { JSX } from "preact";
import { LEVELS, type Level } from "../../src/model/level.ts";
import { plural } from "../../src/outputs/counts.ts";
import type { ReportData } from "./main.tsx";
import type { Selection } from "./select.ts";
import { number, shortTime, Text } from "./text.tsx";

interface Props {
  readonly data: ReportData;
  readonly selection: Selection;
  readonly change: (part: Partial<Selection>) => void;
}

function toggled(levels: ReadonlySet<Level>, level: Level): ReadonlySet<Level> {
  const next = new Set(levels);
  if (!next.delete(level)) next.add(level);
  return next;
}

function hostsOf({ findings }: ReportData): string {
  const hosts = new Set(findings.flatMap(({ host }) => (host === undefined ? [] : [host])));
  const [only] = hosts;
  if (hosts.size === 1 && only !== undefined) return only;
  return hosts.size === 0 ? "no host named" : plural(hosts.size, "host");
}

function Tile({ level, data, selection, change }: Props & { level: Level }): JSX.Element {
  const count = data.summary.findings[level] ?? 0;
  const on = selection.levels.has(level);
  return (
    <button
      type="button"
      class={`tile ${level}`}
      aria-pressed={on}
      disabled={count === 0}
      onClick={() => change({ levels: toggled(selection.levels, level) })}
    >
      <b>{number(count)}</b>
      <span>{level}</span>
    </button>
  );
}

/** What was looked at, and what came of it. */
export function Header({ data, selection, change }: Props): JSX.Element {
  const { summary, findings, left } = data;
  const times = findings.flatMap(({ time }) => (time === undefined ? [] : [time])).sort();
  const events = Object.values(summary.events).reduce((sum, count) => sum + count, 0);
  const read = summary.inputs.filter(({ skipped }) => !skipped).length;
  const period = times.length > 0 ? `${shortTime(times[0])} – ${shortTime(times.at(-1))} UTC` : "no times";
  return (
    <header>
      <div class="masthead">
        <div>
          <p class="brand">whatran</p>
          <h1>{findings.length === 0 ? "No findings" : <Text value={`Proxy execution on ${hostsOf(data)}`} />}</h1>
          <p class="lead">
            {findings.length > 0 && <>{period} · </>}
            {number(events)} events understood in {number(summary.records)} records of {number(read)}{" "}
            {read === 1 ? "file" : "files"}
            {summary.damaged > 0 && <> · {number(summary.damaged)} damaged records passed over</>}
          </p>
        </div>
        <dl class="tool">
          <dt>Tool</dt>
          <dd>whatran {summary.version}</dd>
          <dt>Catalogue</dt>
          <dd>{summary.catalog}</dd>
          <dt>Took</dt>
          <dd>{summary.seconds.toFixed(1)} s</dd>
        </dl>
      </div>
      {summary.interrupted && <p class="notice">The run was interrupted: this is what was found until then.</p>}
      {left > 0 && (
        <p class="notice">
          The {number(findings.length)} highest findings are shown; {number(left)} lower ones stand in the other
          outputs.
        </p>
      )}
      <div class="tiles">
        {LEVELS.toReversed().map((level) => (
          <Tile key={level} level={level} data={data} selection={selection} change={change} />
        ))}
      </div>
    </header>
  );
}
