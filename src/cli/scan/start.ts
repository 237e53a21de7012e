import { startProgram } from "../compiled.ts";

// In dist/cli.js
startProgram("scan", import.meta.url);
