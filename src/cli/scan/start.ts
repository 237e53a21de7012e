import { startProgram } from "../compiled.ts";

// dist/scan.js
startProgram("scan", import.meta.url);
