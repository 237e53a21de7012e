import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const HERE = import.meta.dirname;

/** What a folder below test/fuzz holds; files whose name ends in `.packed` are gzipped, so that zeros cost nothing. */
function filesIn(folder: string): readonly { readonly name: string; readonly bytes: Buffer }[] {
  const path = join(HERE, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .sort()
    .map((name) => {
      const bytes = readFileSync(join(path, name));
      return { name, bytes: name.endsWith(".packed") ? gunzipSync(bytes) : bytes };
    });
}

/** Small valid inputs of a target, from which others are made. */
export function corpusOf(target: string): readonly Buffer[] {
  return filesIn(`corpus/${target}`).map(({ bytes }) => bytes);
}

/** Inputs on which a target once failed. */
export function regressionsOf(target: string) {
  return filesIn(`regressions/${target}`);
}
