import { define } from "../commands/explain.ts";
import { endWith, processIo } from "../process.ts";
import { run } from "../run.ts";

// The program as far as `whatran explain` needs it. The build puts it into a file of its own (see start.ts).
const only = { name: "explain", summary: "", group: "", load: () => Promise.resolve({ define }) };

/** Fulfilled when the line is explained and the exit code set. */
export const done = run(process.argv.slice(2), [only], processIo()).then(endWith);
