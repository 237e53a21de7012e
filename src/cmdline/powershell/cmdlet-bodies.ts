import { isRemote } from "../normal/remote.ts";
import { contentsOf, installPackage, makeObject, runCode, startLine, startProgram, unpackTo } from "./acts.ts";
import { type Call, first, writesTo } from "./call.ts";
import { namesCommand } from "./drives.ts";
import { kindOf } from "./kinds.ts";
import { overEach } from "./members.ts";
import { isRegistry, readRegistry, registryValue } from "./registry-cmdlets.ts";
import { found, runs, type Session, setVariable } from "./session.ts";
import { typeName } from "./types.ts";
import { itemsOf, list, NOTHING, numberOf, shownText, text, textOf, UNKNOWN, type Value } from "./values.ts";
import { isConsumer, startsProcesses, subscribe } from "./wmi.ts";

/** A host that is called without a scheme, which is HTTP then: `example.org/a.ps1`; not the machine itself. */
const HOST = /^(?!127\.)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}(?::\d{1,5})?(?:[/?#]|$)/i;

/** Methods of HTTP whose requests bring data. */
const POSTS = /^(?:post|put|patch)$/i;

export function download(call: Call): Value {
  const uri = first(call, "uri");
  const sent = call.bound.get("infile");
  const posts = sent !== undefined || POSTS.test(shownText(call.bound.get("method")));
  const contents = contentsOf(uri, call.session, HOST.test(shownText(uri)) ? "web" : undefined, posts);
  if (sent) contentsOf(sent, call.session);
  const target = call.bound.get("outfile");
  writesTo(call.session, target, contents);
  return target ? UNKNOWN : contents;
}

export function runFile(call: Call, name: string, what: "script" | "package"): void {
  const path = call.bound.get(name);
  if (path) found(call.session, { role: "runs", what: kindOf(shownText(path), what), value: shownText(path) });
}

/** What is copied from a share is brought from another machine, and not read alone. */
function copiedFrom(source: Value, session: Session): void {
  const value = shownText(source);
  if (!/^\\\\/.test(value) || !isRemote(value)) contentsOf(source, session);
  else found(session, { role: "fetches", what: kindOf(value, "document"), value });
}

export function copy(call: Call): Value {
  const source = first(call, "path", "literalpath");
  for (const item of source ? itemsOf(source) : []) copiedFrom(item, call.session);
  const target = call.bound.get("destination") ?? call.bound.get("newname");
  const from = shownText(source);
  if (from === "" || target?.kind !== "text") writesTo(call.session, target);
  else writesCopy(call.session, shownText(target), from);
  return UNKNOWN;
}

export function unpack(call: Call): Value {
  unpackTo(first(call, "path", "literalpath"), call.bound.get("destinationpath"), call.session);
  return UNKNOWN;
}

const writesCopy = (session: Session, value: string, copyOf: string) =>
  found(session, { role: "writes", what: kindOf(value, "document"), value, copyOf });

/** A new name is one in the folder of the old. */
export function rename(call: Call): Value {
  const from = shownText(first(call, "path", "literalpath"));
  const name = shownText(call.bound.get("newname"));
  contentsOf(text(from), call.session);
  if (name !== "")
    writesCopy(call.session, from.slice(0, Math.max(from.lastIndexOf("\\"), from.lastIndexOf("/")) + 1) + name, from);
  return UNKNOWN;
}

export function newObject(call: Call): Value {
  const com = textOf(call.bound.get("comobject"));
  if (com !== undefined) return { kind: "object", type: com.toLowerCase(), args: [] };
  const args = call.bound.get("argumentlist");
  const type = typeName(shownText(call.bound.get("typename")));
  const all = args ? [...(args.kind === "list" ? args.items : [args]), ...call.bound.rest] : call.bound.rest;
  return makeObject(type, all, call.session);
}

export function addType(call: Call): Value {
  const path = call.bound.get("path") ?? call.bound.get("literalpath");
  for (const item of path ? itemsOf(path) : []) {
    found(call.session, { role: "runs", what: kindOf(shownText(item), "assembly"), value: shownText(item) });
  }
  const code = call.bound.get("typedefinition") ?? call.bound.get("memberdefinition");
  if (code && textOf(code) !== undefined)
    found(call.session, { role: "runs", what: "inlineCode", value: textOf(code)! });
  if (code?.kind === "contents") runCode(code, call.session, call.depth);
  return UNKNOWN;
}

export function joinPath(call: Call): Value {
  const [folder, name] = [textOf(first(call, "path")), textOf(call.bound.get("childpath"))];
  if (folder === undefined || name === undefined) return UNKNOWN;
  return text(`${folder.replace(/(?<![\\/])[\\/]+$/, "")}\\${name.replace(/^[\\/]+/, "")}`);
}

/** Files that are found in order to be carried out. */
const CARRIED_OUT =
  /\.(?:exe|com|scr|pif|bat|cmd|ps1|psm1|psd1|vbs|vbe|js|jse|wsf|hta|msi|dll|ocx|cpl|lnk|url|jar|py)$/i;

/** The store of certificates, in whose names and notes texts can be kept. */
const CERTIFICATES = /^cert:/i;

const certificate = (path: string): Value | undefined =>
  CERTIFICATES.test(path) ? { kind: "contents", from: `certificate ${path}`, where: "environment" } : undefined;

/** Something of a drive: a key of the registry, a certificate, or a file by its path. */
export function itemOf(call: Call): Value {
  const key = readRegistry(call);
  if (key !== UNKNOWN) return key;
  const path = call.bound.get("path");
  return certificate(shownText(path ?? call.bound.get("literalpath"))) ?? path ?? UNKNOWN;
}

/** The pattern that programs, scripts or libraries are found by, as what is then called; what else lies in a folder nobody knows. */
export function listed(call: Call): Value {
  const kept = certificate(shownText(first(call, "path", "literalpath")));
  if (kept) return kept;
  const [path, filter] = [textOf(first(call, "path", "literalpath")) ?? "", textOf(first(call, "filter", "include"))];
  const pattern = filter === undefined ? path : `${path}\\${filter}`;
  return CARRIED_OUT.test(pattern) ? list([text(pattern)]) : UNKNOWN;
}

export function importModule(call: Call): Value {
  const name = first(call, "name", "assembly");
  if (name?.kind === "block" || name?.kind === "contents") return runCode(name, call.session, call.depth);
  const path = shownText(name);
  if (/[\\/]|\.(?:ps[dm]?1|dll)$/i.test(path))
    found(call.session, { role: "runs", what: kindOf(path, "script"), value: path });
  return UNKNOWN;
}

export function eachItem(call: Call): Value {
  const blocks = [call.bound.get("begin"), call.bound.get("process"), call.bound.get("end"), ...call.bound.rest];
  const items = call.input === undefined ? [] : itemsOf(call.input);
  return overEach(items.length > 0 ? items : [UNKNOWN], blocks, call.session, call.depth);
}

/** Blocks and files that Start-Job and its like run. */
export function runBlocks(call: Call): Value {
  runFile(call, "filepath", "script");
  const block = call.bound.get("scriptblock") ?? call.bound.get("action");
  return block ? runCode(block, call.session, call.depth) : UNKNOWN;
}

export function wmiMethod(call: Call): Value {
  const target = shownText(
    call.bound.get("class") ?? call.bound.get("classname") ?? call.bound.get("path") ?? call.input,
  );
  const method = shownText(call.bound.get("name") ?? call.bound.get("methodname"));
  const args = call.bound.get("argumentlist") ?? call.bound.get("arguments");
  const argument = (name: string) => (args?.kind === "map" ? args.entries.get(name) : args && itemsOf(args)[0]);
  if (/win32_product$/i.test(target) && /^(?:install|admin|advertise)$/i.test(method))
    installPackage(argument("packagelocation"), call.session, "wmi");
  if (/^create$/i.test(method) && startsProcesses(target, call.session))
    startLine(argument("commandline"), call.session, "wmi");
  return UNKNOWN;
}

/** Stops, removes or disables a service: told in the words of sc.exe, so that one list of services serves both. */
export const serviceControl =
  (verb: "stop" | "delete" | "config") =>
  (call: Call): Value => {
    for (const item of itemsOf(first(call, "name", "inputobject") ?? UNKNOWN)) {
      const name = shownText(item);
      const start = shownText(call.bound.get("startuptype"));
      const rest = verb === "config" ? ["start=", start.toLowerCase()] : [];
      if (name !== "" && (verb !== "config" || start !== ""))
        runs(call.session, ["service-control-manager", verb, name, ...rest], "serviceControl");
    }
    return UNKNOWN;
  };

/** A new instance of a class of WMI: one that subscribes to events has something started. */
export function newInstance(call: Call): Value {
  const given = call.bound.get("property") ?? call.bound.get("arguments");
  const name = shownText(call.bound.get("classname") ?? call.bound.get("class") ?? call.bound.get("path"));
  if (isConsumer(name) && given?.kind === "map") subscribe((key) => given.entries.get(key), call.session);
  return UNKNOWN;
}

/** The file or stream that a call names. */
function fileOf(call: Call): Value | undefined {
  const path = first(call, "path", "literalpath");
  const stream = shownText(call.bound.get("stream"));
  return stream === "" || path === undefined ? path : text(`${shownText(path)}:${stream}`);
}

/** A variable of the environment, as a drive of PowerShell names it. */
const ENVIRONMENT = /^env:[\\/]?(.+)$/is;

export function readFile(call: Call): Value {
  const file = fileOf(call);
  const name = ENVIRONMENT.exec(shownText(file))?.[1];
  return name === undefined
    ? contentsOf(file, call.session)
    : { kind: "contents", from: `%${name}%`, where: "environment" };
}

/** What others have put where programs of the machine find it: an event log, the clipboard. Reading it does nothing by itself. */
export const readPlace =
  (place: string, ...names: readonly string[]) =>
  (call: Call): Value => ({
    kind: "contents",
    from: `${place} ${shownText(first({ ...call, input: undefined }, ...names))}`.trim(),
    where: "environment",
  });

/** The answer of a name server. */
export function askNameServer(call: Call): Value {
  const from = shownText(first(call, "name"));
  return from === "" ? UNKNOWN : { kind: "contents", from, where: "web" };
}

export function writeFile(call: Call): Value {
  writesTo(call.session, fileOf(call), call.bound.get("value") ?? call.input, true);
  return UNKNOWN;
}

/** Opens a file as a double click does: what does not run by itself is opened as a document. */
export function openFile(call: Call): Value {
  const file = first(call, "path", "literalpath");
  const path = shownText(file);
  const document = kindOf(path, "document") === "document" && /\.(?!lnk$)[^.\\/]+$/i.test(path);
  if (document) found(call.session, { role: "runs", what: "document", value: path });
  else startProgram(file, undefined, call.session, "Invoke-Item");
  return UNKNOWN;
}

export function assign(call: Call): Value {
  if (namesCommand(call)) return NOTHING;
  const name = call.bound.get("name") ?? call.bound.get("path");
  if (isRegistry(shownText(name))) return registryValue(call);
  setVariable(call.session, shownText(name).replace(/^variable:[\\/]?/i, ""), call.bound.get("value") ?? UNKNOWN);
  return NOTHING;
}

export function alias(call: Call): Value {
  const name = shownText(call.bound.get("name")).toLowerCase();
  const target = shownText(call.bound.get("value")).toLowerCase();
  if (name && target && call.session.aliases.size < 256) call.session.aliases.set(name, target);
  return UNKNOWN;
}

export const passOn = (call: Call): Value =>
  first(call, "inputobject") ?? (call.bound.rest.length === 1 ? call.bound.rest[0]! : list(call.bound.rest));

/** Of several items those at the places that are asked for. */
export function select(call: Call): Value {
  const given = passOn(call);
  const [head, tail, skip] = ["first", "last", "skip"].map((name) => numberOf(call.bound.get(name)));
  if (given.kind !== "list" || (head ?? tail ?? skip) === undefined) return given;
  const items = given.items.slice(skip ?? 0, head === undefined ? undefined : (skip ?? 0) + head);
  return list(tail === undefined ? items : items.slice(-tail));
}
