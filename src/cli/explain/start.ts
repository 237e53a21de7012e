import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compile, keptCode, runCompiled } from "./compiled.ts";

// dist/explain.js: starts program.ts from the compiled code that the build kept. Compiling would be half of what explaining a line
// costs. A Node for which nothing is kept compiles by itself, and since version 22 keeps the result from run to run.
const program = fileURLToPath(new URL("./explain.cjs", import.meta.url));
const code = keptCode(program);
if (code) runCompiled(compile(program, code), program);
else createRequire(import.meta.url)(program);
