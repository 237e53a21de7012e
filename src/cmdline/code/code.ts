import { scanHta } from "./hta.ts";
import { scanGroovy, scanJavaScript, scanJRunScript } from "./javascript.ts";
import { kindOfName } from "./kinds.ts";
import { scanLua } from "./lua.ts";
import { scanPerl } from "./perl.ts";
import { scanPhp } from "./php.ts";
import { scanPython } from "./python.ts";
import { scanRuby } from "./ruby.ts";
import { type Scanner, Sink } from "./sink.ts";
import type { CodeFinding } from "./types.ts";
import { findUrls } from "./urls.ts";
import { scanVbScript } from "./vbscript.ts";

const SCANNERS: ReadonlyMap<string, Scanner> = new Map<string, Scanner>([
  ["python", scanPython],
  ["perl", scanPerl],
  ["ruby", scanRuby],
  ["php", scanPhp],
  ["lua", scanLua],
  ["javascript", scanJavaScript],
  ["jscript", scanJavaScript],
  ["node", scanJavaScript],
  ["jrunscript", scanJRunScript],
  ["groovy", scanGroovy],
  ["vbscript", scanVbScript],
  ["hta", scanHta],
]);

/** Names of the languages that are read. */
export const CODE_LANGUAGES: readonly string[] = [...SCANNERS.keys()];

/** Code beyond this many characters is not read. */
const MAX_CODE = 1024 * 1024;

/**
 * What code of a language runs, fetches, reads and writes, as far as its constants tell; addresses in it that nothing else
 * holds are fetched. Nothing is run. Never throws; an unknown language yields its addresses only. Time is linear in the code.
 */
export function readCode(language: string, code: string): CodeFinding[] {
  const sink = new Sink(SCANNERS);
  const text = code.slice(0, MAX_CODE);
  sink.nested(language.toLowerCase(), text);
  return [...sink.findings, ...addresses(text, sink)];
}

/** Addresses in the code and in what was folded out of it, but for those that a finding holds. */
function addresses(code: string, sink: Sink): CodeFinding[] {
  const held = sink.findings.flatMap(({ value, args = [] }) => [value, ...args]).join("\n");
  const found = [...new Set([...findUrls(code), ...findUrls(sink.texts.join("\n"))])];
  return found
    .filter((url) => !held.includes(url) && !found.some((other) => other !== url && other.startsWith(url)))
    .map((url) => ({ role: "fetches", what: kindOfName(url), value: url }));
}
