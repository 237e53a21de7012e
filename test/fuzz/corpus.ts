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

/** Stands between the inputs of a file that holds many. */
const BETWEEN = "\n====\n";

/** Small valid inputs of a target, from which others are made. A file whose name ends in `.parts` holds many. */
export function corpusOf(target: string): readonly Buffer[] {
  return filesIn(`corpus/${target}`).flatMap(({ name, bytes }) =>
    name.endsWith(".parts")
      ? bytes
          .toString("utf8")
          .split(BETWEEN)
          .map((part) => Buffer.from(part))
      : [bytes],
  );
}

/** Inputs on which a target once failed. */
export function regressionsOf(target: string) {
  return filesIn(`regressions/${target}`);
}
