import type { CatalogEntry } from "../../catalog/types.ts";
import type { BinaryIdentity } from "../../model/invocation.ts";
import type { Payload } from "../../model/payload.ts";
import type { Act } from "../decide/act.ts";
import type { Rule } from "../model.ts";

/** An act on somebody’s behalf, as findings and explanations tell it. */
export interface CureSubject {
  readonly binary: Pick<BinaryIdentity, "name" | "platform" | "path" | "originalName" | "entry">;
  /** `platform/binary/behaviour`. */
  readonly behaviour?: string;
  readonly runs: readonly Payload[];
  readonly fetches: readonly Payload[];
  readonly parent?: string;
  readonly user?: string | undefined;
}

/** A rule that might have stopped an act, and how one says so. */
export interface Form {
  readonly target: string;
  readonly act: Act;
  readonly rule: Rule;
  /** Further rules without which it would be another. */
  readonly more?: readonly Rule[];
  /** What to do, without the product’s name: “deny libraries in C:\\ProgramData”. */
  readonly text: string;
}

/** A user who is not the system account, where nobody is named. */
export const SOMEBODY = "S-1-5-21-0";

/** Folder of a path with its last separator; undefined for a bare name. */
export function folderOf(path: string): string | undefined {
  const at = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  return at > 0 ? path.slice(0, at + 1) : undefined;
}

/** Folders that a rule for all that lies in them would not stop, as the system needs what is there. */
export const isSystems = (path: string): boolean =>
  /^(?:[a-z]:\\(?:windows|program files(?: \(x86\))?)\\|%(?:systemroot|windir|programfiles)|\/(?:usr|s?bin|lib(?:64)?|opt|etc)\/)/i.test(
    path,
  );

/** Where a program lies: as logged, else where the system has it. Of one that goes by several names, such as a shell, each is a file. */
export function placeOf({ path: logged, name }: CureSubject["binary"], entry: CatalogEntry): string {
  if (logged !== undefined && /^(?:[a-z]:\\|\\\\|\/)/i.test(logged)) return logged;
  if (entry.platform === "windows") {
    const home =
      entry.homes.find((one) => /^(?:Windows|System32|Program Files(?: \(x86\))?)(?:\\|$)/.test(one)) ?? "System32";
    return `C:\\${home.replace(/^System32/, "Windows\\System32")}\\${entry.name}`;
  }
  const file = entry.aliases.includes(name) ? name : entry.name;
  return `${entry.homes.find((home) => home.startsWith("/")) ?? "/usr/bin"}/${file}`;
}

export const rule = (mitigation: string, on: Rule["on"][number], rest: Partial<Rule>): Rule => ({
  id: "cure",
  action: "deny",
  on: [on],
  measure: mitigation,
  ...rest,
});
