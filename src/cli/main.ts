#!/usr/bin/env node
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import { NODE_20, OF_NODE } from "./node20.ts";

// Since Node 22 compiled code is kept from run to run, and optimised in two steps; the flags above are gone.
const { enableCompileCache } = module as { enableCompileCache?: () => void };
enableCompileCache?.();
const command = process.argv[2];
// Explaining one command line is over in a moment.
if (!enableCompileCache && command !== "explain") {
  if (command === "scan") OF_NODE.forEach(module.createRequire(import.meta.url));
  for (const flag of NODE_20) setFlagsFromString(flag);
}
// Opening the parts that all commands share takes longer than explaining a line, and as long as reading a small log.
if (command === "explain") await import("./explain/program.ts");
else if (command === "scan") await import("./scan/program.ts");
else await import("./program.ts");
