/** Measures a vectors file against the catalogue's sources: `npx tsx scripts/measure.ts FILE [part of an id or binary]`. For authors of entries. */
import { readFileSync } from "node:fs";
import { Catalog } from "../src/catalog/catalog.ts";
import { compileCatalog } from "../src/catalog/compile.ts";
import { identity } from "../src/cmdline/normal/identity.ts";
import { type Payload, ROLES, resolvedOf } from "../src/model/payload.ts";
import { explain } from "../src/pipeline/explain.ts";

const [path = "", part = ""] = process.argv.slice(2);
const catalog = new Catalog(compileCatalog("catalog").catalog);
let total = 0;
let right = 0;
for (const line of readFileSync(path, "utf8").split("\n").filter(Boolean)) {
  const vector = JSON.parse(line);
  if (!`${vector.id} ${vector.binary}`.toLowerCase().includes(part.toLowerCase())) continue;
  const { commandLine, image, originalFileName, platform } = vector;
  const { explanation } = explain({ commandLine, image, originalFileName, platform }, catalog);
  const matches = explanation.invocations.flatMap((invocation) => invocation.behaviours);
  const has = (text: string, payloads: readonly Payload[]) =>
    payloads.some((p) => [p.value, resolvedOf(p)].some((v) => identity(v, platform) === identity(text, platform)));
  const all = matches.flatMap((match) => ROLES.flatMap((role) => match[role]));
  const runs = matches.flatMap((match) => match.runs);
  const problems = [
    ...(vector.expect ?? []).filter((text: string) => !has(text, all)).map((text: string) => `no ${text}`),
    ...(vector.expectRuns ?? [])
      .filter((text: string) => !has(text, runs))
      .map((text: string) => `does not run ${text}`),
  ];
  const bare = (name: string) => name.toLowerCase().replace(/\.exe$/, "");
  const names = explanation.invocations.map((invocation) => bare(invocation.binary.name));
  const own = catalog.byName(vector.binary, platform)?.name ?? vector.binary;
  if (!names.includes(bare(own)) && !names.includes(bare(vector.binary)))
    problems.push(`binary is not ${vector.binary} but ${names.join(" › ")}`);
  if (vector.technique) {
    const techniques = matches.flatMap((match) => match.techniques);
    const parent = String(vector.technique).split(".")[0];
    if (!techniques.some((t) => t === vector.technique || t.startsWith("T1218") || t.split(".")[0] === parent))
      problems.push(`technique ${vector.technique} not among ${[...new Set(techniques)].join(" ")}`);
  }
  total++;
  if (problems.length === 0) right++;
  else
    console.log(
      `${vector.id} [${vector.category ?? vector.class}] ${vector.commandLine}\n    ${problems.join("; ")}\n    shows ${matches.map((m) => m.id).join(" ")}: ${all.map((p) => p.value).join(" | ")}`,
    );
}
console.log(`${right} of ${total} right`);
