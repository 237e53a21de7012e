import { entryOf } from "../../model/entry.ts";
import { usual } from "../normal/environment.ts";
import { madeText, type Session } from "./session.ts";
import { list, number, text, UNKNOWN, type Value } from "./values.ts";

/** Variables that PowerShell itself sets; obfuscators cut letters out of them. */
const AUTOMATIC: Readonly<Record<string, Value>> = {
  true: text("True"),
  false: text("False"),
  null: list([]),
  pshome: text("C:\\Windows\\System32\\WindowsPowerShell\\v1.0"),
  shellid: text("Microsoft.PowerShell"),
  verbosepreference: text("SilentlyContinue"),
  debugpreference: text("SilentlyContinue"),
  warningpreference: text("Continue"),
  erroractionpreference: text("Continue"),
  psculture: text("en-US"),
  home: text("%userprofile%"),
  ofs: text(" "),
  maximumdrivecount: number(4096),
  executioncontext: { kind: "object", type: "executioncontext", args: [] },
};

/** A scope is no part of a name, and would look like a drive or a stream of a file. */
const SCOPE = /^(\$\{?)(?:global|script|local|private|variable|using):/i;

/** Value of a variable; an unknown environment variable becomes `%name%`, anything else unknown keeps its source. */
export function variable(session: Session, name: string, source: string): Value {
  const lower = name.toLowerCase().replace(/^(?:global|script|local|private|variable|using):/, "");
  const own = session.variables.get(lower);
  if (own) return own;
  if (lower.startsWith("env:")) {
    const value = usual(lower.slice(4));
    return madeText(session, value ?? `%${lower.slice(4)}%`);
  }
  const known = entryOf(AUTOMATIC, lower);
  return known ?? (source === "" ? UNKNOWN : { kind: "unknown", source: source.replace(SCOPE, "$1") });
}
