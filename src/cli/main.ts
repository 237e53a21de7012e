#!/usr/bin/env node
import module from "node:module";
import { IS_NODE_20, NODE_20, OF_NODE } from "./node20.ts";

const { enableCompileCache } = module as { enableCompileCache?: () => void };
enableCompileCache?.();
const command = process.argv[2];
// Explaining one command line is over in a moment.
if (IS_NODE_20 && command !== "explain") {
  const require = module.createRequire(import.meta.url);
  if (command === "scan") OF_NODE.forEach(require);
  // Brings streams with it, of which a line has no need.
  const { setFlagsFromString } = require("node:v8") as typeof import("node:v8");
  for (const flag of NODE_20) setFlagsFromString(flag);
}
// Opening the parts that all commands share takes longer than explaining a line, and as long as reading a small log.
if (command === "explain") void import("./explain/program.ts");
else if (command === "scan") void import("./scan/program.ts");
else void import("./program.ts");
