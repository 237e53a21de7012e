import type { JSX } from "preact";
import { hiddenParts } from "../../src/outputs/escape.ts";

/** A stranger's text with its hidden characters marked, so that a disguise is seen. */
export function Text({ value }: { value: string }): JSX.Element {
  return (
    <>
      {hiddenParts(value).map(({ text, hidden }, index) =>
        hidden ? (
          <mark key={index} class="hidden" title="a character that is not seen, or changes what is seen">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </>
  );
}

/** `2024-05-02 09:14:55`, UTC. */
export function shortTime(time: string | undefined): string {
  return time === undefined ? "no time" : time.slice(0, 19).replace("T", " ");
}

export const number = (value: number): string => value.toLocaleString("en-US");

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let size = value / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}
