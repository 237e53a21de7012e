import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

/** Where the build keeps what this very Node made of a program; another Node would not take it. */
export function codeFile(program: string): string {
  return `${program}.${process.version}-${process.arch}.code`;
}

/** What {@link codeFile} holds, if it is there. */
function keptCode(program: string): Buffer | undefined {
  try {
    return readFileSync(codeFile(program));
  } catch {
    return undefined;
  }
}

/** A CommonJS program (7-bit text), compiled; `code` is what an earlier compilation of the same text gave. */
export function compile(program: string, code?: Buffer): Script {
  const text = readFileSync(program, "latin1");
  return new Script(`(function(exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: program,
    ...(code && { cachedData: code }),
  });
}

/** Runs a compiled program as Node's own loader would, and gives what it exports. */
export function runCompiled(script: Script, program: string): Record<string, unknown> {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(program), module, program, dirname(program));
  return module.exports;
}

/**
 * Starts the program `name`.cjs that stands beside the module `from` (its URL), from the compiled code that the build kept: to compile
 * is half of what starting costs. A Node for which nothing is kept compiles by itself, and since version 22 keeps the result from
 * run to run.
 */
export function startProgram(name: string, from: string): void {
  const program = fileURLToPath(new URL(`./${name}.cjs`, from));
  const code = keptCode(program);
  if (code) runCompiled(compile(program, code), program);
  else createRequire(from)(program);
}
