import { startProgram } from "../compiled.ts";

// dist/worker.js: a thread of a scan, from the same program
startProgram("scan", import.meta.url);
