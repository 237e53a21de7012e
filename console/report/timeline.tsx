import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
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

/** The bar with findings that the arrow keys reach from another, one step or all the way. */
function reached(key: string, from: Element): Element | undefined {
  const bars = [...(from.parentElement?.querySelectorAll(".bin:enabled") ?? [])];
  const at = bars.indexOf(from);
  if (key === "Home") return bars[0];
  if (key === "End") return bars.at(-1);
  if (key === "ArrowLeft") return bars[at - 1];
  return key === "ArrowRight" ? bars[at + 1] : undefined;
}

/**
 * Findings over time; a click on a bar chooses its period. Of the bars one is in the order of the tab key, so that it leads on
 * to the findings; arrow keys go from bar to bar.
 */
export function Timeline({ findings, selection, change }: Props): JSX.Element | null {
  const bins = useMemo(() => binsOf(findings), [findings]);
  const [visited, visit] = useState<number>();
  if (bins.length === 0) return null;
  const most = Math.max(...bins.map(({ total }) => total));
  const { period } = selection;
  const filled = bins.filter(({ total }) => total > 0);
  const inOrder = (filled.find(({ start }) => start === visited) ?? filled[0])?.start;
  const within = ({ start }: Bin) => !period || (start >= period[0] && start < period[1]);
  return (
    <section class="timeline" aria-label="Findings over time">
      <div
        class="strip"
        role="toolbar"
        aria-label="Periods with findings"
        onKeyDown={(event) => {
          const next = event.target instanceof Element && reached(event.key, event.target);
          if (!(next instanceof HTMLElement)) return;
          event.preventDefault();
          next.focus();
        }}
      >
        {bins.map((bin) => (
          <button
            key={bin.start}
            type="button"
            class={within(bin) ? "bin" : "bin off"}
            disabled={bin.total === 0}
            tabIndex={bin.start === inOrder ? 0 : -1}
            onFocus={() => visit(bin.start)}
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
