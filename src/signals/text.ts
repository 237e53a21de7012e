import type { Payload, PayloadWhat } from "../model/payload.ts";

/** Longest piece of a stranger's text within a sentence. */
const MAX_SHOWN = 120;

/** A stranger's text within a sentence: shortened, control characters replaced (outputs escape again for their medium). */
export function shown(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");
  return clean.length <= MAX_SHOWN ? clean : `${clean.slice(0, MAX_SHOWN - 1)}…`;
}

const NOUN: Record<PayloadWhat, string> = {
  library: "library",
  executable: "program",
  script: "script",
  scriptlet: "scriptlet",
  package: "package",
  installerInfo: "INF file",
  project: "project",
  document: "file",
  assembly: "assembly",
  comObject: "COM class",
  inlineCode: "inline code",
  command: "command",
  config: "configuration",
  process: "process",
};

/** “the library C:\x.dll”. */
export function named(payload: Payload): string {
  if (payload.what === "inlineCode") return "code written into the command line";
  return `the ${NOUN[payload.what]} ${shown(payload.value)}`;
}

export function listed(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
