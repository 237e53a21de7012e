import type { JSX } from "preact";
import type { RunSummary } from "../../src/outputs/summary.ts";
import { bytes, number, Text } from "./text.tsx";

/** Inputs listed; a run over a file server can have thousands. */
const MOST = 500;

/** What was read, so that a result can be traced to its input. */
export function Inputs({ summary }: { summary: RunSummary }): JSX.Element {
  const { inputs } = summary;
  const hashed = inputs.some(({ sha256 }) => sha256 !== undefined);
  return (
    <footer>
      <h2>Inputs</h2>
      <div class="scroll">
        <table class="inputs">
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Size</th>
              <th scope="col">Records</th>
              <th scope="col">Damaged</th>
              {hashed && <th scope="col">SHA-256</th>}
            </tr>
          </thead>
          <tbody>
            {inputs.slice(0, MOST).map((input) => (
              <tr key={input.file} class={input.skipped ? "skipped" : ""}>
                <td>
                  <Text value={input.file} />
                  {input.skipped && (
                    <small>
                      {" "}
                      not read: <Text value={input.reason ?? "unknown reason"} />
                    </small>
                  )}
                </td>
                <td>{bytes(input.bytes)}</td>
                <td>{input.skipped ? "" : number(input.records)}</td>
                <td>{input.damaged > 0 ? number(input.damaged) : ""}</td>
                {hashed && (
                  <td>
                    <code class="hash">{input.sha256 ?? ""}</code>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {inputs.length > MOST && <p>and {number(inputs.length - MOST)} more</p>}
      <p class="colophon">
        Made by whatran {summary.version} with catalogue {summary.catalog}. Nothing in the logs was executed, and this
        page loads nothing from anywhere. ATT&amp;CK® is a registered trademark of The MITRE Corporation.
      </p>
    </footer>
  );
}
