/**
 * `npm run bench`: bundles bench/main.ts with what it measures as `npm run build` bundles the program, and starts it: what runs
 * from the sources through tsx names every function again, which is no part of the program. It runs under the flags of
 * `explain --stdin`.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";
import { build } from "esbuild";
import { COMMON } from "../scripts/build.ts";
import { DIST } from "../scripts/dist.ts";
import { FOR_MANY_LINES } from "../src/cli/node20.ts";

const outfile = join(DIST, "bench.mjs");
await build({ ...COMMON, entryPoints: [join(import.meta.dirname, "main.ts")], outfile, packages: "external" });
for (const flag of FOR_MANY_LINES) setFlagsFromString(flag);
await import(pathToFileURL(outfile).href);
