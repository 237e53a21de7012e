import { parentPort, workerData } from "node:worker_threads";
import type { Setup } from "./protocol.ts";
import { serve } from "./serve.ts";

// Not awaited, as a CommonJS program cannot: where it fails, the thread does.
if (parentPort) void serve(parentPort, workerData as Setup);
