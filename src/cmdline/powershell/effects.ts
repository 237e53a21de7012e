import { entryOf } from "../../model/entry.ts";
import {
  blockOf,
  contentsOf,
  installPackage,
  registryChange,
  runCode,
  startLine,
  startProgram,
  unpackTo,
  writes,
} from "./acts.ts";
import { addArgument, addCommand, addParameter, invokeAdded, SHELL } from "./pipelines.ts";
import { found, OPENED, type Session, setVariable } from "./session.ts";
import { copyStream, readStream, readText } from "./streams.ts";
import { memberOf, REGISTRY_KEY, shownText, text, textOf, UNKNOWN, type Value } from "./values.ts";
import { variable } from "./variables.ts";
import { managed } from "./wmi.ts";

type Effect = (args: readonly Value[], session: Session, depth: number, owner: Value) => Value;

const nothing =
  (act: (args: readonly Value[], session: Session) => void): Effect =>
  (args, session) => {
    act(args, session);
    return UNKNOWN;
  };
const load: Effect = (args, session) => {
  const [first] = args;
  const name = first?.kind === "contents" ? first.from : shownText(first);
  if (first?.kind === "bytes") found(session, { role: "runs", what: "assembly", value: "assembly in the code itself" });
  else if (/[\\/.]/.test(name)) found(session, { role: "runs", what: "assembly", value: name });
  return { kind: "type", name: "assembly" };
};

const open: Effect = (args, session) => {
  session.variables.set(OPENED, contentsOf(args[0], session, "web"));
  return UNKNOWN;
};

/** Reads the first argument and writes the second. */
const copied = nothing(([from, to], session) => {
  writes(session, to, contentsOf(from, session));
});

const each = (names: string, effect: Effect): Readonly<Record<string, Effect>> =>
  Object.fromEntries(names.split(" ").map((name) => [name, effect]));

/** What is sent to another machine: a text, or a file that is named. */
const upload =
  (fileOf: (sent: readonly Value[]) => Value | undefined): Effect =>
  ([address, ...rest], session) => {
    const file = fileOf(rest);
    if (file) contentsOf(file, session);
    return contentsOf(address, session, "web", true);
  };

/** Methods that are told by their names alone. */
const BY_NAME: Readonly<Record<string, Effect>> = {
  shellexecute: (args, session, _depth, owner) => {
    const server = owner.kind === "object" && owner.type === "com";
    startProgram(args[0], args[1], session, server ? "comServer" : "comObject");
    return UNKNOWN;
  },
  executeshellcommand: nothing((args, session) => startProgram(args[0], args[2], session, "comServer")),
  ddeinitiate: nothing((args, session) => startProgram(args[0], args[1], session, "comServer")),
  registerxll: nothing((args, session) => found(session, { role: "runs", what: "library", value: shownText(args[0]) })),
  invokescript: (args, session, depth) => runCode(args.at(-1), session, depth),
  newscriptblock: ([code], session) => blockOf(code, session),
  expandstring: (args) => args[0] ?? UNKNOWN,
  addscript: (args, session, depth) => runCode(args[0], session, depth),
  createpipeline: (args, session, depth) => runCode(args[0], session, depth),
  copyto: (args, session, _depth, owner) => {
    copyStream(owner, args[0], session);
    return UNKNOWN;
  },
  toarray: (_args, session, _depth, owner) => (owner.kind === "object" ? readStream(owner, session) : owner),
  readtoend: (_args, session, _depth, owner) => readText(owner, session),
  ...each(
    "downloadstring downloaddata openread getstringasync getbytearrayasync downloadstringtaskasync",
    ([address], session) => contentsOf(address, session, partlyWeb(address)),
  ),
  ...each("downloadfile downloadfileasync downloadfiletaskasync", copied),
  ...each(
    "uploadstring uploadstringasync uploadstringtaskasync uploaddata uploaddataasync uploaddatataskasync uploadvalues uploadvaluesasync uploadvaluestaskasync",
    upload((sent) => sent.find((one) => one.kind === "contents")),
  ),
  ...each(
    "uploadfile uploadfileasync uploadfiletaskasync",
    upload((sent) => sent.at(-1)),
  ),
};
/** An address whose beginning is not known ends like one: `$repo/x/y.ps1`. */
const partlyWeb = (address: Value | undefined): "web" | undefined =>
  /^\$\{?[\w:]{1,128}\}?\/[\w./?=&%-]{3,512}$/.test(shownText(address)) ? "web" : undefined;

/** Methods of a type or object, by `type::name` or `type.name`. */
const BY_TYPE: Readonly<Record<string, Effect>> = {
  "diagnostics.process.start": (args, session, _depth, owner) => {
    const info = owner.kind === "object" ? owner : args[0];
    const [file, rest] = info?.kind === "object" ? startInfo(info) : args;
    startProgram(file, rest, session, ".net");
    return UNKNOWN;
  },
  "reflection.assembly.load": load,
  "reflection.assembly.loadfile": load,
  "reflection.assembly.loadfrom": load,
  "reflection.assembly.unsafeloadfrom": load,
  "appdomain.currentdomain.load": load,
  "activator.createinstancefrom": load,
  "runtime.loader.assemblyloadcontext.default.loadfromassemblypath": load,
  "runtime.loader.assemblyloadcontext.default.loadfromstream": load,
  "environment.setenvironmentvariable": nothing(setEnvironment),
  "environment.getenvironmentvariable": ([name], session) => variable(session, `env:${shownText(name)}`, ""),
  ...each("io.file.readalltext io.file.readallbytes io.file.readalllines", ([file], session) =>
    contentsOf(file, session),
  ),
  ...each(
    "io.file.writealltext io.file.writeallbytes io.file.writealllines io.file.appendalltext",
    nothing(([file, content], session) => writes(session, file, content, true)),
  ),
  "io.file.copy": copied,
  "io.compression.zipfile.extracttodirectory": nothing(([archive, folder], session) =>
    unpackTo(archive, folder, session),
  ),
  [`${SHELL}.addcommand`]: addCommand,
  ...each(`${SHELL}.addargument`, addArgument),
  ...each(`${SHELL}.addparameter`, addParameter),
  ...each(`${SHELL}.invoke ${SHELL}.begininvoke ${SHELL}.invokeasync`, (_args, session, depth) =>
    invokeAdded(session, depth),
  ),
  ...each(
    "net.dns.gethostentry net.dns.gethostbyname net.dns.gethostaddresses net.dns.resolve net.dns.gethostentryasync net.dns.gethostaddressesasync",
    ([name]) => answerOf(name),
  ),
  "net.httplistener.add": nothing(([prefix], session) => setVariable(session, LISTENED, prefix ?? UNKNOWN)),
  ...each("net.httplistener.getcontext net.httplistener.getcontextasync", (_args, session) => requestsTo(session)),
  "scriptblock.create": ([code], session) => blockOf(code, session),
  "activator.createinstance": (args) =>
    args[0]?.kind === "type" ? { kind: "object", type: args[0].name, args: [] } : UNKNOWN,
  "type.gettypefromprogid": (args) => ({ kind: "type", name: (textOf(args[0]) ?? "").toLowerCase() }),
  "type.gettypefromclsid": (args, session) => {
    found(session, { role: "runs", what: "comObject", value: shownText(args[0]) });
    return { kind: "type", name: "com" };
  },
  "microsoft.win32.registry.getvalue": (args, session) => valueOfKey(args[0], args[1], session),
  [`${REGISTRY_KEY}.getvalue`]: (args, session, _depth, owner) =>
    owner.kind === "object" ? valueOfKey(owner.args[0], args[0], session) : UNKNOWN,
  [`${REGISTRY_KEY}.opensubkey`]: (args, _session, _depth, owner) =>
    owner.kind === "object" ? subKey(shownText(owner.args[0]), args[0]) : UNKNOWN,
  ...each(
    "interaction.shell microsoft.visualbasic.interaction.shell",
    nothing(([line], session) => startLine(line, session, ".net")),
  ),
  ...each(
    "wscript.shell.run wscript.shell.exec",
    nothing(([line], session) => startLine(line, session, "comObject")),
  ),
  "wscript.shell.regwrite": nothing((args, session) =>
    found(session, { role: "writes", what: "config", value: shownText(args[0]) }),
  ),
  "wscript.shell.createshortcut": (args, session) => {
    writes(session, args[0]);
    return { kind: "object", type: "shortcut", args: args.slice(0, 1) };
  },
  "shortcut.save": (_args, session, _depth, owner) => {
    if (owner.kind !== "object" || !STARTUP.test(shownText(owner.args[0]))) return UNKNOWN;
    startProgram(memberOf(owner, "targetpath"), memberOf(owner, "arguments"), session, "shortcut");
    return UNKNOWN;
  },
  "windowsinstaller.installer.installproduct": nothing((args, session) =>
    installPackage(args[0], session, "comObject"),
  ),
  ...each("internetexplorer.application.navigate internetexplorer.application.navigate2", open),
  ...each("net.webrequest.create net.httpwebrequest.create", ([address], session) =>
    contentsOf(address, session, "web"),
  ),
  "schedule.service.registertaskdefinition": nothing((_args, session) => registerTask(session)),
  "shell.application.open": nothing((args, session) => startProgram(args[0], undefined, session, "comObject")),
  "microsoft.win32.registry.currentuser.opensubkey": ([sub]) => subKey("HKCU", sub),
  "microsoft.win32.registry.localmachine.opensubkey": ([sub]) => subKey("HKLM", sub),
  "microsoft.win32.registry.classesroot.opensubkey": ([sub]) => subKey("HKCR", sub),
  "microsoft.win32.registry.users.opensubkey": ([sub]) => subKey("HKU", sub),
};

/** The answer of a name server. */
const answerOf = (name: Value | undefined): Value =>
  shownText(name) === "" ? UNKNOWN : { kind: "contents", from: shownText(name), where: "web" };

/** Under which name of a variable, that nobody can write, the address is kept on which requests are taken. */
const LISTENED = "\0listened";

/** Requests that others send to an address of this machine. */
const requestsTo = (session: Session): Value => ({
  kind: "contents",
  from: shownText(session.variables.get(LISTENED)) || "http://+/",
  where: "web",
});

/** Keys that keep the variables of a user and of the machine. */
const KEPT_VARIABLES: readonly (readonly [whose: RegExp, key: string])[] = [
  [/user$/i, "HKCU\\Environment"],
  [/machine$/i, "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"],
];

/** Sets a variable of the environment: for what is started from here, or for good. */
function setEnvironment([name, value, target]: readonly Value[], session: Session): void {
  const whose = target?.kind === "type" ? target.name : shownText(target);
  const key = KEPT_VARIABLES.find(([pattern]) => pattern.test(whose))?.[1];
  if (key) registryChange("Set-ItemProperty", "add", key, ["/v", shownText(name), "/d", shownText(value)], session);
  else setVariable(session, `env:${shownText(name)}`, value ?? UNKNOWN);
}

function subKey(key: string, sub: Value | undefined): Value {
  return { kind: "object", type: REGISTRY_KEY, args: [text(`${key}\\${shownText(sub)}`)] };
}

function valueOfKey(key: Value | undefined, name: Value | undefined, session: Session): Value {
  return contentsOf(text(`${shownText(key)}\\${shownText(name)}`), session);
}

/** Links in this folder are opened whenever a user logs on. */
const STARTUP = /\\start menu\\programs\\startup\\/i;

/** File and arguments of a ProcessStartInfo, given to it or set later. */
function startInfo(info: Value & { kind: "object" }): [Value | undefined, Value | undefined] {
  const [file, rest] = info.args.filter((one) => one.kind !== "map");
  return [memberOf(info, "filename") ?? file, memberOf(info, "arguments") ?? rest];
}

/** Objects that read an XML document from an address or file. */
export const XML_DOCUMENT = /^(?:xml\.xmldocument|(?:msxml2|microsoft)\.(?:free\w*)?(?:dom\w*|xmldom)[\w.]*)$/;

/** The programs and arguments that the code has given to the actions of tasks. */
function registerTask(session: Session): void {
  for (const value of session.variables.values())
    if (value.kind === "object" && value.type === "schedule.service")
      startProgram(memberOf(value, "path"), memberOf(value, "arguments"), session, "scheduledTask");
}

/** What a method does besides giving a value; undefined for methods that are not known to do anything. */
export function effect(
  owner: Value,
  name: string,
  args: readonly Value[],
  session: Session,
  depth: number,
): Value | undefined {
  const type = owner.kind === "type" ? owner.name : owner.kind === "object" ? owner.type : "";
  const method = entryOf(BY_NAME, name) ?? entryOf(BY_TYPE, `${type}.${name}`);
  if (method) return method(args, session, depth, owner);
  const asked = name === "open" && /xmlhttp|winhttp/.test(type) ? args[1] : undefined;
  const loaded = name === "load" && XML_DOCUMENT.test(type) ? args[0] : undefined;
  const document = asked ?? loaded;
  if (!document) return managed(owner, name, args, session);
  session.variables.set(OPENED, contentsOf(document, session));
  return UNKNOWN;
}
