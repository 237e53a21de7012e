import { startProgram } from "../compiled.ts";

// In dist/cli.js
startProgram("explain", import.meta.url);
