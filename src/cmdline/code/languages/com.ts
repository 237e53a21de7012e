import { entryOf } from "../../../model/entry.ts";
import { each, line, named } from "../calls.ts";
import type { Call, Handler, Statement } from "../language.ts";
import { numberOf, textOf, UNKNOWN, type Value } from "../values.ts";

/** Classes by identifier, where a moniker names one. Source: the registry of Windows, HKCR\CLSID. */
const BY_CLSID: Readonly<Record<string, string>> = {
  "72c24dd5-d70a-438b-8a42-98424b88afb8": "wscript.shell",
  "f935dc22-1cf0-11d0-adb9-00c04fd58a0b": "wscript.shell",
  "13709620-c279-11ce-a49e-444553540000": "shell.application",
  "9ba05972-f6a8-11cf-a442-00a0c90a8f39": "shellwindows",
  "c08afd90-f2a1-11d1-8455-00a0c91f3880": "shellbrowserwindow",
  "0d43fe01-f093-11cf-8940-00a0c9054228": "scripting.filesystemobject",
  "49b2791a-b1ae-4c90-9b8e-e860ba07f889": "mmc20.application",
  "0002df01-0000-0000-c000-000000000046": "internetexplorer.application",
};

const object = (path: string): Value => ({ kind: "name", path });

/** `CreateObject("X.Y.1")`: the object goes by its name without the version. */
const create: Handler = ({ args }) => {
  const name = textOf(args[0]);
  return name === undefined
    ? UNKNOWN
    : object(
        name
          .trim()
          .toLowerCase()
          .replace(/(?<!\.\d{1,3})(?:\.\d{1,3})+$/, ""),
      );
};

/** `GetObject("moniker")`: a scriptlet, a class, or WMI. */
const bind: Handler = ({ args, sink }) => {
  const moniker = textOf(args[0])?.trim() ?? "";
  const lower = moniker.toLowerCase();
  if (lower.startsWith("script:") || lower.startsWith("scriptlet:")) {
    return sink.emit({ role: "runs", what: "scriptlet", value: moniker.slice(moniker.indexOf(":") + 1) });
  }
  if (lower.startsWith("new:")) {
    const id = lower.slice(4).replace(/[{}]/g, "");
    return object(entryOf(BY_CLSID, id) ?? id);
  }
  if (lower.startsWith("winmgmts:")) return object(/win32_process$/.test(lower) ? "win32_process" : "winmgmts");
  return UNKNOWN;
};

/** ShellExecute(file, arguments, folder, verb, window): the arguments are the tail of a command line. */
const shellExecute: Handler = ({ args, sink }) => {
  const file = textOf(args[0]);
  if (file === undefined) return UNKNOWN;
  const tail = textOf(args[1]) ?? "";
  if (tail.trim() === "") return sink.emit({ role: "runs", what: "command", value: file, args: [] });
  const text = `${/\s/.test(file) && !file.startsWith('"') ? `"${file}"` : file} ${tail}`;
  return sink.emit({ role: "runs", what: "command", value: text, commandLine: text });
};

/** ExecuteShellCommand(command, folder, parameters, window) of the management console. */
const consoleCommand: Handler = (call) =>
  shellExecute({ ...call, args: [call.args[0], call.args[2]].map((each) => each ?? UNKNOWN) });

/** `open(method, address)` of the HTTP objects. */
const request: Handler = (call) => {
  const method = textOf(call.args[0])?.toUpperCase() ?? "";
  return /^(?:GET|POST|PUT|HEAD|OPTIONS|PROPFIND)$/.test(method) ? named("fetches", undefined, 1)(call) : UNKNOWN;
};

const openText: Handler = (call) => named((numberOf(call.args[1]) ?? 1) > 1 ? "writes" : "reads")(call);

const copy: Handler = (call) => {
  named("reads")(call);
  return named("writes", undefined, 1)(call);
};

const script: Handler = (call: Call) => {
  const text = textOf(call.args[0]);
  if (text !== undefined) call.sink.nested(/vbs/i.test(textOf(call.args[1]) ?? "") ? "vbscript" : "javascript", text);
  return UNKNOWN;
};

/** Names behind `with` that are looked at. */
const MAX_MEMBERS = 256;

/** `with (new ActiveXObject("X")) Member(…)`: members stand without their object. */
export const withObject: Statement = (cursor, name) => {
  if (cursor.word(0) !== "with") return false;
  const ahead = cursor.tokens.slice(cursor.at + 1, cursor.at + 1 + MAX_MEMBERS);
  const made = ahead.slice(0, 5).find((token) => token.kind === "string");
  const type = typeof made?.pieces[0] === "string" ? made.pieces[0].trim().toLowerCase() : "";
  for (const token of ahead) {
    const member = token.kind === "name" ? `${type}.${token.text.toLowerCase()}` : "";
    if (token.kind === "name" && Object.hasOwn(COM_CALLS, member)) name(token.text, member);
  }
  cursor.at++;
  return true;
};

/** What scripts of Windows do through COM objects. Keys are in lower case: COM ignores case. */
export const COM_CALLS: Readonly<Record<string, Handler>> = {
  ...each("createobject activexobject wscript.createobject server.createobject", create),
  ...each("getobject wscript.getobject", bind),
  "winmgmts.get": create,
  "win32_process.create": line(),
  ...each("wscript.shell.run wscript.shell.exec *.run", line()),
  "wscript.shell.regwrite": named("writes", "config"),
  "wscript.shell.regread": named("reads", "config"),
  "wscript.shell.expandenvironmentstrings": ({ args }) => args[0],
  "*.createshortcut": named("writes", "document"),
  "*.shellexecute": shellExecute,
  "*.executeshellcommand": consoleCommand,
  ...each("shell.application.open shell.application.explore", named("runs")),
  "*.open": request,
  ...each("msxml2.domdocument.load microsoft.xmldom.load", named("reads")),
  "*.savetofile": named("writes"),
  "*.loadfromfile": named("reads"),
  "*.createtextfile": named("writes"),
  "*.opentextfile": openText,
  ...each("*.copyfile *.movefile", copy),
  "*.deletefile": named("writes"),
  ...each("*.navigate *.navigate2", named("fetches")),
  "*.registerxll": named("runs", "library"),
  "*.mapnetworkdrive": named("fetches", "document", 1),
  ...each("workbooks.open *.workbooks.open *.documents.open", named("runs", "document")),
  ...each("execscript *.execscript", script),
  ...each("window.open open", named("fetches")),
};
