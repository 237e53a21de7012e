import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import { workerData } from "node:worker_threads";
import type { Setup } from "../../pipeline/workers/protocol.ts";
import { startProgram } from "../compiled.ts";
import { OF_NODE } from "../node20.ts";

// dist/worker.js: a thread of a scan, from the same program
const { flags } = workerData as Setup;
if (flags) {
  OF_NODE.forEach(createRequire(import.meta.url));
  for (const flag of flags.later) setFlagsFromString(flag);
}
startProgram("scan", import.meta.url);
