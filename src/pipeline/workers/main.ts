import { parentPort, workerData } from "node:worker_threads";
import type { Setup } from "./protocol.ts";
import { serve } from "./serve.ts";

if (parentPort) await serve(parentPort, workerData as Setup);
