import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { BuildOptions, Plugin } from "esbuild";

/** A private member where it is declared, and where it is used; a name that is not both stands in a text or a comment. */
const DECLARED = /^(\s+(?:(?:static|readonly|override|async|get|set) |\*)*)#([A-Za-z]\w*)(?=[(:;<?!]| =)/gm;
const USED = /(?<=\.)#([A-Za-z]\w*)/g;
/** Classes as the formatter lays them out, and in them fields that begin without a value. */
const CLASS = /^(?:export )?(?:abstract )?class [^\n]*\{\n[\s\S]*?^\}/gm;
const WITHOUT_VALUE = /^( {2}(?:readonly |override )*[\w$]+)\??(: [^\n=;]+)?;$/gm;
const DERIVED = /^(?:export )?(?:abstract )?class [^\n]* extends /m;

function count(text: string, pattern: RegExp): Map<string, number> {
  const counts = new Map<string, number>();
  for (const match of text.matchAll(pattern)) {
    const name = match.at(-1)!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/**
 * A module whose classes have ordinary members in place of private ones, `$$name` for `#name`, and fields that have a value from
 * the first, so that every object of a class has the same shape. Throws where a class and one derived from it could come to share
 * a member.
 */
export function plainFields(text: string, file: string): string {
  const declared = count(text, DECLARED);
  const used = count(text, USED);
  const isDerived = DERIVED.test(text);
  const owner = isDerived ? `${basename(file, ".ts").replace(/\W/g, "_")}_` : "";
  const isPrivate = (name: string) => declared.has(name) && used.has(name);
  for (const [name, times] of declared) {
    if (isDerived && times > 1 && isPrivate(name)) throw new Error(`${file} declares #${name} more than once`);
  }
  const plain = (name: string) => (isPrivate(name) ? `$$${owner}${name}` : `#${name}`);
  return text
    .replace(DECLARED, (_, before: string, name: string) => `${before}${plain(name)}`)
    .replace(USED, (_, name: string) => plain(name))
    .replace(CLASS, (whole) =>
      whole.replace(WITHOUT_VALUE, (_, head: string, type = "") => `${head}${type && ": any"} = undefined;`),
    );
}

/**
 * Most of a short run is code that was not optimised yet. There a private member costs a look-up of its name, whose class is
 * verified, and each object's fields are set by a function of their own.
 */
export const withPlainFields: Plugin = {
  name: "plain-fields",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/](?:src|bench)[\\/].*\.ts$/ }, ({ path }) => ({
      contents: plainFields(readFileSync(path, "utf8"), path),
      loader: "ts",
    }));
  },
};

/** Fields are set where the constructor begins. */
export const PLAIN_FIELDS = {
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true } },
} satisfies BuildOptions;
