import type { JSX } from "preact";
import { useState } from "preact/hooks";

/** Copies a text as it was logged; where the browser does not let a local page do so, nothing is shown. */
export function Copy({ text }: { text: string }): JSX.Element | null {
  const [done, setDone] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setDone(true);
        setTimeout(() => setDone(false), 1500);
      },
      () => undefined,
    );
  return (
    <button type="button" class="copy" onClick={copy}>
      {done ? "Copied" : "Copy"}
    </button>
  );
}
