import module from "node:module";
import type { ThreadFlags } from "../pipeline/workers/protocol.ts";

/**
 * What many command lines are resolved under. Functions that take many others into themselves (default 920 bytes of bytecode) take long to
 * optimise. An access that has met objects of more than four kinds is looked up anew each time, and strings alone are of more: whole ones,
 * parts of others, joined ones, names.
 */
const LINES: readonly string[] = ["--max-inlined-bytecode-size-cumulative=300", "--max-valid-polymorphic-map-count=12"];

/**
 * Node 20 optimises functions at once that then run for a moment only, which took two fifths of a scan's processor time. So a
 * function has to prove itself longer (default 67584 bytes of bytecode). Nor is optimised code thrown away because what it makes has
 * turned out to live long.
 * Compiled code is taken only where the same flags are set as when it was kept.
 */
export const NODE_20: readonly string[] = ["--interrupt-budget=600000", "--no-allocation-site-pretenuring", ...LINES];

/** The same flags as Node has them. */
const OWN: readonly string[] = [
  "--interrupt-budget=67584",
  "--allocation-site-pretenuring",
  "--max-inlined-bytecode-size-cumulative=920",
  "--max-valid-polymorphic-map-count=4",
];

/** Since Node 22 compiled code is kept from run to run, and optimised in two steps; the flags above are gone. */
export const IS_NODE_20 = !("enableCompileCache" in module);

/** Flags for many command lines, which may be set when the program is loaded already. */
export const FOR_MANY_LINES: readonly string[] = IS_NODE_20 ? LINES : [];

/** Threads start under Node's own flags, for the reason below. */
export const THREAD_FLAGS: ThreadFlags | undefined = IS_NODE_20 ? { first: OWN, later: NODE_20 } : undefined;

/**
 * Node's own modules that a scan needs. What Node keeps compiled of them is taken only under its own flags: a scan that sets others
 * loads them before.
 */
export const OF_NODE: readonly string[] = [
  "node:crypto",
  "node:fs/promises",
  "node:net",
  "node:os",
  "node:perf_hooks",
  "node:timers/promises",
  "node:vm",
  "node:worker_threads",
  "node:zlib",
];
