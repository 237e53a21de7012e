#!/usr/bin/env node
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import { IS_NODE_20, NODE_20, OF_NODE } from "./node20.ts";

const { enableCompileCache } = module as { enableCompileCache?: () => void };
enableCompileCache?.();
const command = process.argv[2];
// Explaining one command line is over in a moment.
if (IS_NODE_20 && command !== "explain") {
  if (command === "scan") OF_NODE.forEach(module.createRequire(import.meta.url));
  for (const flag of NODE_20) setFlagsFromString(flag);
}
// Opening the parts that all commands share takes longer than explaining a line, and as long as reading a small log.
if (command === "explain") void import("./explain/program.ts");
else if (command === "scan") void import("./scan/program.ts");
else void import("./program.ts");
