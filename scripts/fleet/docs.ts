import { readFileSync, writeFileSync } from "node:fs";

/** Puts a measurement into a page, between `<!-- NAME -->` and `<!-- /NAME -->`. @throws Error where the page has no such place */
export function intoPage(path: string, name: string, text: string): void {
  const page = readFileSync(path, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} has no ${begin} … ${end}`);
  writeFileSync(path, `${page.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${page.slice(to)}`);
}
