#!/usr/bin/env node
import module from "node:module";

// Since Node 22 compiled code is kept from run to run.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();
// Explaining one command line is over in a moment, most of which would be spent on opening the parts that commands share.
if (process.argv[2] === "explain") await import("./explain/program.ts");
else await import("./program.ts");
