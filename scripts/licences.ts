import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { ROOT } from "./dist.ts";

/** Names of the packages whose code went into a bundle. */
function packagesIn(metafile: Metafile): string[] {
  const names = Object.keys(metafile.inputs).flatMap((path) => {
    const match = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    return match?.[1] ? [match[1]] : [];
  });
  return [...new Set(names), "preact"].sort();
}

/** Licences of the code that the bundles carry, as those licences ask for. */
export function licences(metafile: Metafile): string {
  const parts = packagesIn(metafile).map((name) => {
    const folder = join(ROOT, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
      string,
      string
    >;
    const file = existsSync(folder) ? readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) : undefined;
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}`;
  });
  return `The programs in this folder contain code of these packages.\n\n${parts.join(`\n\n${"-".repeat(78)}\n\n`)}\n`;
}
