import { damaged } from "../../read.ts";

/** A profile as text. */
export interface ProfileText {
  readonly name: string;
  /** The path that it is attached to, as written; absent for one that others enter. */
  readonly path?: string;
  readonly flags: readonly string[];
  readonly statements: readonly { readonly text: string; readonly line: number }[];
  readonly line: number;
  readonly comment: string;
  /** It holds profiles or hats of its own, which are not read. */
  readonly nested: boolean;
}

const HEAD =
  /^(?:profile\s+)?("(?:[^"\\]|\\.)*"|[^\s"({]+)(?:\s+("(?:[^"\\]|\\.)*"|[/@][^\s"({]*))?(?:\s+xattrs=\([^)]*\))?(?:\s*(?:flags=)?\(([^)]*)\))?$/;

const isPath = (text: string) => /^"?[/@]/.test(text);

function headOf(text: string, line: number): Pick<ProfileText, "name" | "path" | "flags"> {
  const found = HEAD.exec(text);
  if (!found) damaged({ line }, `“${text.slice(0, 60)}” is no profile`);
  const [, first = "", second, flags = ""] = found;
  const path = second ?? (isPath(first) ? first : undefined);
  return {
    name: first.replace(/^"(.*)"$/, "$1"),
    ...(path !== undefined && { path }),
    flags: flags.split(/[\s,]+/).filter(Boolean),
  };
}

/**
 * Takes a file of profiles apart: statements end in a comma (includes at the line's end), what is in quotes or in braces of a pattern
 * is their own.
 * @throws WhatranError `policy/damaged` with the line
 */
export function readProfiles(text: string): readonly ProfileText[] {
  const profiles: ProfileText[] = [];
  let open:
    | (Omit<ProfileText, "nested" | "statements"> & { statements: { text: string; line: number }[]; nested: boolean })
    | undefined;
  let depth = 0;
  let held = "";
  let start = 1;
  let line = 1;
  let comment = "";
  let inner = 0;
  const flush = () => {
    const statement = held.trim().replace(/\s+/g, " ");
    held = "";
    if (statement !== "" && open && depth === 1) open.statements.push({ text: statement, line: start });
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (held === "") {
      if (letter === " " || letter === "\t" || letter === "\r") continue;
      start = line;
    }
    if (letter === "\n") {
      line++;
      if (/^(?:#?include\b|@\{)/.test(held)) flush();
      else if (held !== "") held += " ";
    } else if (letter === "#" && /^\s?$/.test(held.slice(-1)) && !/^#include\b/.test(text.slice(at, at + 9))) {
      const end = text.indexOf("\n", at);
      const whole = end < 0 ? text.length : end;
      if (held === "") comment = text.slice(at + 1, whole).trim();
      at = whole - 1;
    } else if (letter === "\\") {
      held += letter + text.charAt(++at);
    } else if (letter === '"') {
      const end = closing(text, at);
      if (end < 0) damaged({ line }, "a string that is not closed");
      held += text.slice(at, end + 1);
      at = end;
    } else if (letter === "(" || (letter === "{" && (inner > 0 || !/^[\s)]?$/.test(held.slice(-1))))) {
      // Alternatives, variables, flags: commas inside end nothing.
      inner++;
      held += letter;
    } else if ((letter === "}" || letter === ")") && inner > 0) {
      inner--;
      held += letter;
    } else if (letter === "{") {
      depth++;
      if (depth === 1) {
        open = {
          ...headOf(held.trim().replace(/\s+/g, " "), start),
          statements: [],
          line: start,
          comment,
          nested: false,
        };
        comment = "";
      } else if (open) open.nested = true;
      held = "";
    } else if (letter === "}") {
      flush();
      if (depth === 0) damaged({ line }, "“}” closes nothing");
      depth--;
      if (depth === 0 && open) {
        profiles.push(open);
        open = undefined;
      }
    } else if (letter === "," && inner === 0) flush();
    else held += letter;
  }
  if (depth > 0) damaged({ line: open?.line ?? line }, "a profile that is not closed");
  return profiles;
}

function closing(text: string, from: number): number {
  for (let at = from + 1; at < text.length && text.charAt(at) !== "\n"; at++) {
    if (text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === '"') return at;
  }
  return -1;
}
