import { startProgram } from "../compiled.ts";

// dist/explain.js
startProgram("explain", import.meta.url);
