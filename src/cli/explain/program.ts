import { define } from "../commands/explain.ts";
import { processIo } from "../process.ts";
import { run } from "../run.ts";

// The program as far as `whatran explain` needs it. The build puts it into a file of its own: each file opened takes a millisecond.
const only = { name: "explain", summary: "", group: "", load: () => Promise.resolve({ define }) };
process.exitCode = await run(process.argv.slice(2), [only], processIo());
