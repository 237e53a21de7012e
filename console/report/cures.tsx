import type { JSX } from "preact";
import { Text } from "./text.tsx";

/** Rules of products that would have stopped it, a line each. */
export function Cures({ cures }: { cures: readonly string[] }): JSX.Element {
  return (
    <ul class="cures">
      {cures.map((cure) => (
        <li key={cure}>
          <Text value={cure} />
        </li>
      ))}
    </ul>
  );
}
