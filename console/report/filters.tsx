import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { plural } from "../../src/outputs/counts.ts";
import { EVERYTHING, type Selection } from "./select.ts";
import { number, shortTime, Text } from "./text.tsx";

interface Props {
  readonly selection: Selection;
  readonly change: (part: Partial<Selection>) => void;
  readonly shown: number;
  readonly all: number;
}

function chips(selection: Selection): [string, Partial<Selection>][] {
  const { levels, technique, binary, host, period } = selection;
  const list: [string, Partial<Selection>][] = [];
  if (levels.size > 0) list.push([[...levels].join(", "), { levels: new Set() }]);
  if (technique !== undefined) list.push([technique, { technique: undefined }]);
  if (binary !== undefined) list.push([binary, { binary: undefined }]);
  if (host !== undefined) list.push([host, { host: undefined }]);
  if (period) list.push([`from ${shortTime(new Date(period[0]).toISOString())}`, { period: undefined }]);
  return list;
}

/** Search, order, and what is chosen, each with a way to undo it. */
export function Filters({ selection, change, shown, all }: Props): JSX.Element {
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      search.current?.focus();
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, []);
  const chosen = chips(selection);
  return (
    <div class="filters">
      <input
        ref={search}
        type="search"
        placeholder="Search command lines, payloads, users, evidence …"
        aria-label="Search findings"
        value={selection.text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <fieldset class="order">
        <legend>Order</legend>
        {(["score", "time"] as const).map((order) => (
          <button key={order} type="button" aria-pressed={selection.order === order} onClick={() => change({ order })}>
            {order}
          </button>
        ))}
      </fieldset>
      <p class="state" aria-live="polite">
        {shown === all ? `${plural(all, "finding")}` : `${number(shown)} of ${plural(all, "finding")}`}
        {chosen.map(([label, undo]) => (
          <button key={label} type="button" class="chip" onClick={() => change(undo)}>
            <Text value={label} /> <span aria-hidden="true">×</span>
          </button>
        ))}
        {chosen.length > 1 && (
          <button type="button" class="reset" onClick={() => change({ ...EVERYTHING, order: selection.order })}>
            Show everything
          </button>
        )}
      </p>
    </div>
  );
}
