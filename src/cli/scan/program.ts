import { isMainThread } from "node:worker_threads";
import { define } from "../commands/scan.ts";
import { endWith, processIo } from "../process.ts";
import { run } from "../run.ts";

// The program as far as `whatran scan` and its threads need it. The build puts it into a file of its own (see start.ts).
const only = { name: "scan", summary: "", group: "", load: () => Promise.resolve({ define }) };

async function scan(): Promise<void> {
  endWith(await run(process.argv.slice(2), [only], processIo()));
}

/** Fulfilled when the scan is done and the exit code set; in a thread of it, when it takes orders. */
export const done: Promise<unknown> = isMainThread ? scan() : import("../../pipeline/workers/main.ts");
