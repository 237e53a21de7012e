import { Catalog } from "../../catalog/catalog.ts";
import { compileCatalog, noCatalog } from "../../catalog/compile.ts";
import { builtinCatalog } from "../../catalog/load.ts";
import { type Problem, problemAt, Source } from "../../catalog/problem.ts";
import { compileVectors } from "../../catalog/vectors.ts";
import { plural } from "../../outputs/counts.ts";
import { visible } from "../../outputs/escape.ts";
import { checkResolve, checkSilent } from "../../pipeline/vectors.ts";

/** What a catalogue folder looks like to its author. */
export interface FolderReport {
  readonly sound: boolean;
  readonly lines: readonly string[];
}

/** Runs the command lines that stand beside the entries; they are resolved with this folder alone. */
function checkVectors(dir: string, catalog: Catalog): readonly Problem[] {
  const { files, problems } = compileVectors(dir);
  if (problems.length > 0) return problems;
  return files.flatMap((file) => {
    // Read once more for the place of what is wrong, and only then.
    let source: Source | undefined;
    const told = (list: string, index: number, problem: string | undefined) => {
      if (problem === undefined) return [];
      source ??= Source.listed(file.file);
      return [problemAt(source, [list, index], `${problem}; correct the line or the entry`)];
    };
    return [
      ...file.resolve.flatMap((vector, i) => told("resolve", i, checkResolve(file, vector, catalog))),
      ...file.silent.flatMap((vector, i) => told("silent", i, checkSilent(file, vector, catalog))),
    ];
  });
}

/** Compiles a folder, runs its vectors, and reports each problem with file, line, column and a caret. */
export function checkFolder(dir: string): FolderReport {
  const wrong = noCatalog(dir);
  if (wrong !== undefined) return { sound: false, lines: [visible(wrong)] };
  const { catalog, problems } = compileCatalog(dir, builtinCatalog().openChains.chains);
  const all = problems.length === 0 ? checkVectors(dir, new Catalog(catalog)) : problems;
  const lines = all.flatMap(({ file, line, column, message, excerpt }) => [
    `${visible(`${file}:${line}:${column}: ${message}`)}`,
    ...excerpt.split("\n").map((part) => `  ${visible(part)}`),
  ]);
  const behaviours = catalog.entries.reduce((sum, entry) => sum + entry.behaviours.length, 0);
  const counted = [
    plural(catalog.entries.length, "binary", "binaries"),
    plural(behaviours, "behaviour"),
    plural(all.length, "problem"),
  ];
  return {
    sound: all.length === 0,
    lines: [...lines, `${dir}: ${counted.join(", ")}`],
  };
}
