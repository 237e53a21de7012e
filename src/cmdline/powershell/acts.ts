import { given } from "../../model/given.ts";
import { normalRegistry } from "../normal/registry.ts";
import { asWord, splitWindows } from "../windows/tokens.ts";
import { isUrl, kindOf } from "./kinds.ts";
import { found, runs, type Session, unfold } from "./session.ts";
import { itemsOf, shownText, textOf, UNKNOWN, type Value } from "./values.ts";

/** A variable of the environment whose value nobody knows. */
const VARIABLE = /^%[^%\s]{1,256}%$/;

/** Runs a value as PowerShell code: text is read on, contents of an address or a file are what executes. */
export function runCode(value: Value | undefined, session: Session, depth: number): Value {
  if (value === undefined) return UNKNOWN;
  if (value.kind === "contents") {
    const { from, where } = value;
    found(session, { role: "runs", what: "script", value: from, ...(where && { where }) });
    return UNKNOWN;
  }
  if (value.kind === "sealed") {
    session.cut.add(value.why);
    session.unfolded.add(value.why);
    found(session, { role: "runs", what: "inlineCode", value: value.why });
    return UNKNOWN;
  }
  const code = textOf(value);
  if (code !== undefined && VARIABLE.test(code)) {
    found(session, { role: "runs", what: "script", value: code, where: "environment" });
    return UNKNOWN;
  }
  // A buffer of zeros is one that something is read into.
  const unread = code === undefined ? value.kind !== "list" : /^[\0\s]+$/.test(code);
  if (unread && session.connections.size > 0) {
    for (const from of session.connections) found(session, { role: "runs", what: "script", value: from, where: "web" });
    return UNKNOWN;
  }
  if (code !== undefined) {
    if (value.kind === "text") unfold(session, code);
    return session.evaluate(code, depth + 1);
  }
  if (value.kind === "unknown") session.cut.add("code made at run time, not known");
  for (const item of itemsOf(value))
    if (item.kind === "contents" || item.kind === "sealed") runCode(item, session, depth);
  return UNKNOWN;
}

/** Code as a block that may be carried out: what is fetched, or cannot be known, stays what it is. */
export function blockOf(value: Value | undefined, session: Session): Value {
  if (value?.kind === "contents" || value?.kind === "sealed") return value;
  const code = textOf(value) ?? "";
  if (value?.kind === "text") unfold(session, code);
  return { kind: "block", code };
}

/** Contents of a web address or a file: fetched or read; `where` is given where the value does not tell. */
export function contentsOf(value: Value | undefined, session: Session, where?: "web", posts = false): Value {
  const from = shownText(value);
  if (from === "") return UNKNOWN;
  const role = where === "web" || isUrl(from) ? "fetches" : "reads";
  found(session, {
    role,
    what: kindOf(from, "document"),
    value: from,
    ...(where && { where }),
    ...(posts && { posts }),
  });
  return { kind: "contents", from, ...(where && { where }) };
}

/** An object of a type; of a socket that is made with the address of the other end, it is kept to whom it is opened. */
export function makeObject(type: string, args: readonly Value[], session: Session): Value {
  if (/^net\.sockets\.(?:tcp|udp)client$/.test(type) && session.connections.size < 16) {
    const [host, port] = args.map(shownText);
    if (host && port) session.connections.add(`${host}:${port}`);
  }
  return { kind: "object", type, args };
}

/** Starts a program with arguments that are one text or several. */
export function startProgram(file: Value | undefined, args: Value | undefined, session: Session, via: string): void {
  const program = shownText(file);
  if (program === "" || file?.kind === "unknown") return;
  // What opens an address is a browser.
  if (isUrl(program)) {
    found(session, { role: "fetches", what: kindOf(program, "document"), value: program });
    return;
  }
  const given = args === undefined ? [] : itemsOf(args).map(shownText);
  const quoted = /\s/.test(program) && !program.startsWith('"') ? `"${program}"` : program;
  const line = [quoted, ...given].join(" ");
  runs(
    session,
    splitWindows(line).map((token) => token.value),
    via,
    line,
  );
}

/** Starts what a whole command line says. */
export function startLine(line: Value | undefined, session: Session, via: string): void {
  const known = shownText(line);
  if (known !== "" && line?.kind !== "unknown")
    runs(
      session,
      splitWindows(known).map((token) => token.value),
      via,
      known,
    );
}

/** Windows Installer installs a package, asked through WMI or its COM object: as msiexec would. */
export function installPackage(path: Value | undefined, session: Session, via: string): void {
  const known = shownText(path);
  if (known !== "" && path?.kind !== "unknown") runs(session, ["msiexec.exe", "/i", known], via);
}

/**
 * A file that is written.
 * @param content what is written into it, where that may come from another machine
 * @param made whether it stands in the code, or is made by it
 */
export function writes(session: Session, value: Value | undefined, content?: Value, made = false): void {
  const path = shownText(value);
  const isBrought = content?.kind === "contents" && (content.where === "web" || isUrl(content.from));
  found(session, {
    role: "writes",
    what: kindOf(path, "document"),
    value: path,
    ...(isBrought ? given({ from: content.from, folder: session.folder }) : made && { made }),
  });
}

/** An archive is unpacked into a folder; without one, into that in which the code works. */
export function unpackTo(archive: Value | undefined, folder: Value | undefined, session: Session): void {
  const brought = contentsOf(archive, session);
  const outOf = shownText(archive);
  if (brought.kind === "contents" && isUrl(brought.from)) writes(session, folder, brought);
  else if (outOf !== "") found(session, { role: "writes", what: "document", value: shownText(folder), outOf });
}

/**
 * Says a change of the registry in the words of reg.exe, so that one list of keys serves both: what is written or taken away may have
 * something started, or a protection turned off.
 */
export function registryChange(
  cmdlet: string,
  verb: string,
  path: string,
  rest: readonly string[],
  session: Session,
): void {
  const words = [cmdlet, verb, normalRegistry(path) ?? path, ...rest];
  runs(session, words, "registry", words.map(asWord).join(" "));
}
