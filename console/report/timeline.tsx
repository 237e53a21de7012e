import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Finding } from "../../src/model/finding.ts";
import { LEVELS } from "../../src/model/level.ts";
import { type Bin, binsOf } from "./bins.ts";
import type { Selection } from "./select.ts";
import { shortTime } from "./text.tsx";

interface Props {
  readonly findings: readonly Finding[];
  readonly selection: Selection;
  readonly change: (part: Partial<Selection>) => void;
}

function title(bin: Bin): string {
  const counts = LEVELS.toReversed().filter((level) => bin.counts[level] > 0);
  const from = shortTime(new Date(bin.start).toISOString());
  const told = counts.map((level) => `${bin.counts[level]} ${level}`).join(", ");
  return `${from} UTC: ${told || "no findings"}`;
}

/** Findings over time; a click on a bar chooses its period. */
export function Timeline({ findings, selection, change }: Props): JSX.Element | null {
  const bins = useMemo(() => binsOf(findings), [findings]);
  if (bins.length === 0) return null;
  const most = Math.max(...bins.map(({ total }) => total));
  const { period } = selection;
  const within = ({ start }: Bin) => !period || (start >= period[0] && start < period[1]);
  return (
    <section class="timeline" aria-label="Findings over time">
      <div class="strip">
        {bins.map((bin) => (
          <button
            key={bin.start}
            type="button"
            class={within(bin) ? "bin" : "bin off"}
            disabled={bin.total === 0}
            title={title(bin)}
            aria-label={title(bin)}
            onClick={() => change({ period: period && within(bin) ? undefined : [bin.start, bin.end] })}
          >
            {/* The gravest stands lowest, where the eye compares best. */}
            {LEVELS.toReversed().map((level) =>
              bin.counts[level] > 0 ? (
                <span key={level} class={level} style={{ height: `${(bin.counts[level] / most) * 94}%` }} />
              ) : null,
            )}
          </button>
        ))}
      </div>
      <div class="axis">
        <span>{shortTime(new Date(bins[0]?.start ?? 0).toISOString())}</span>
        <span>{most === 1 ? "one finding" : `${most} findings`} at the highest bar</span>
        <span>{shortTime(new Date(bins.at(-1)?.end ?? 0).toISOString())} UTC</span>
      </div>
    </section>
  );
}
