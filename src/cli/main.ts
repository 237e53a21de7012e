#!/usr/bin/env node
import module from "node:module";

/**
 * Node 20 optimises functions at once that then run for a moment only, which took two fifths of a scan's processor time. So a
 * function has to prove itself longer (default 67584 bytes of bytecode), and takes fewer others into itself (default 920 bytes).
 */
const NODE_20 = ["--interrupt-budget=600000", "--max-inlined-bytecode-size-cumulative=300"];

// Since Node 22 compiled code is kept from run to run, and optimised in two steps; the flags above are gone.
const { enableCompileCache } = module as { enableCompileCache?: () => void };
enableCompileCache?.();
// Explaining one command line is over in a moment, most of which would be spent on opening the parts that commands share.
if (process.argv[2] === "explain") await import("./explain/program.ts");
else {
  if (!enableCompileCache) {
    const { setFlagsFromString } = await import("node:v8");
    for (const flag of NODE_20) setFlagsFromString(flag);
  }
  await import("./program.ts");
}
