/**
 * What do these command lines really run? One answer for each argument, or for each line of standard input:
 *
 *   node examples/library/explain.mjs 'cmd /c start /b rundll32 C:\Users\Public\a.dll,Start'
 *   grep -o 'COMMAND=.*' /var/log/auth.log | cut -d= -f2- | node examples/library/explain.mjs
 */
import { createInterface } from "node:readline";
import { explain } from "whatran";

/** The payloads of every behaviour, innermost program last. */
function* payloadsOf({ invocations }) {
  for (const { binary, behaviours } of invocations)
    for (const { runs, fetches } of behaviours)
      for (const payload of [...runs, ...fetches]) yield { binary: binary.name, ...payload };
}

function print(commandLine) {
  const explanation = explain(commandLine);
  const { level, score, text } = explanation.verdict;
  // JSON.stringify escapes control characters: whoever wrote the command line does not write to your terminal.
  console.log(`${level} ${Math.round(score)}  ${JSON.stringify(text)}`);
  for (const { binary, what, where, value, entry } of payloadsOf(explanation))
    console.log(`  ${binary}: ${what} (${where}) ${JSON.stringify(value)}${entry ? ` → ${entry}` : ""}`);
}

const lines = process.argv.slice(2);
if (lines.length > 0) lines.forEach(print);
else for await (const line of createInterface({ input: process.stdin })) print(line);
