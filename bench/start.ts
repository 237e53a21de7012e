/**
 * `npm run bench`: bundles bench/main.ts with what it measures as `npm run build` bundles the program, and starts it: what runs
 * from the sources through tsx names every function again, which is no part of the program.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { COMMON } from "../scripts/build.ts";
import { DIST } from "../scripts/dist.ts";

const outfile = join(DIST, "bench.mjs");
await build({ ...COMMON, entryPoints: [join(import.meta.dirname, "main.ts")], outfile, packages: "external" });
await import(pathToFileURL(outfile).href);
