import { existsSync } from "node:fs";
import { join } from "node:path";
import { Catalog } from "../../catalog/catalog.ts";
import { compileCatalog } from "../../catalog/compile.ts";
import { readVectors } from "../../catalog/vectors.ts";
import { visible } from "../../outputs/escape.ts";
import { checkResolve, checkSilent } from "../../pipeline/vectors.ts";

/** What a catalogue folder looks like to its author. */
export interface FolderReport {
  readonly sound: boolean;
  readonly lines: readonly string[];
}

/** Runs the command lines that stand beside the entries; they are resolved with this folder alone. */
function checkVectors(dir: string, catalog: Catalog): string[] {
  return readVectors(dir).flatMap((file) => [
    ...file.resolve.flatMap((vector) =>
      told(file.file, vector.line ?? vector.args?.join(" "), checkResolve(file, vector, catalog)),
    ),
    ...file.silent.flatMap((vector) =>
      told(file.file, vector.line ?? vector.args?.join(" "), checkSilent(file, vector, catalog)),
    ),
  ]);
}

function told(file: string, line: string | undefined, problem: string | undefined): string[] {
  return problem === undefined ? [] : [visible(`${file}: ${line ?? "(no command line)"}`), `  ${visible(problem)}`];
}

/** Compiles a folder, runs its vectors, and reports each problem with file, line, column and a caret. */
export function checkFolder(dir: string): FolderReport {
  if (!existsSync(join(dir, "windows")) && !existsSync(join(dir, "linux")))
    return { sound: false, lines: [`${dir}: holds neither windows/ nor linux/`] };
  const { catalog, problems } = compileCatalog(dir);
  const wrong = problems.length === 0 ? checkVectors(dir, new Catalog(catalog)) : [];
  const lines = problems.flatMap(({ file, line, column, message, excerpt }) => [
    `${visible(`${file}:${line}:${column}: ${message}`)}`,
    ...excerpt.split("\n").map((part) => `  ${visible(part)}`),
  ]);
  const behaviours = catalog.entries.reduce((sum, entry) => sum + entry.behaviours.length, 0);
  return {
    sound: problems.length === 0,
    lines: [
      ...lines,
      `${dir}: ${catalog.entries.length} binaries, ${behaviours} behaviours, ${problems.length + wrong.length} problems`,
    ],
  };
}
