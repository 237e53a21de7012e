import { entryOf } from "../../model/entry.ts";
import {
  blockOf,
  contentsOf,
  installPackage,
  registryChange,
  runCode,
  startLine,
  startProgram,
  writes,
} from "./acts.ts";
import { found, type Session, setVariable } from "./session.ts";
import { copyStream, readStream, readText } from "./streams.ts";
import { REGISTRY_KEY, shownText, text, textOf, UNKNOWN, type Value } from "./values.ts";
import { variable } from "./variables.ts";
import { isConsumer, subscribe } from "./wmi.ts";

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
  session.variables.set("\0opened", contentsOf(args[0], session, "web"));
  return UNKNOWN;
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
};
for (const name of [
  "downloadstring",
  "downloaddata",
  "openread",
  "getstringasync",
  "getbytearrayasync",
  "downloadstringtaskasync",
]) {
  (BY_NAME as Record<string, Effect>)[name] = (args, session) => contentsOf(args[0], session, partlyWeb(args[0]));
}
/** What is sent to another machine: a text, or the file that is named. */
for (const name of ["uploadstring", "uploaddata", "uploadvalues", "uploadfile"]) {
  const effect: Effect = (args, session) => {
    const [address, ...rest] = args;
    const sent = rest.at(-1);
    const file = name === "uploadfile" ? sent : rest.find((one) => one.kind === "contents");
    if (file) contentsOf(file, session);
    return contentsOf(address, session, "web", true);
  };
  (BY_NAME as Record<string, Effect>)[name] = effect;
  (BY_NAME as Record<string, Effect>)[`${name}async`] = effect;
  (BY_NAME as Record<string, Effect>)[`${name}taskasync`] = effect;
}
for (const name of ["downloadfile", "downloadfileasync", "downloadfiletaskasync"]) {
  (BY_NAME as Record<string, Effect>)[name] = nothing((args, session) => {
    contentsOf(args[0], session);
    writes(session, args[1]);
  });
}

/** An address whose beginning is not known ends like one: `$repo/x/y.ps1`. */
const partlyWeb = (address: Value | undefined): "web" | undefined =>
  /^\$\{?[\w:]{1,128}\}?\/[\w./?=&%-]{3,512}$/.test(shownText(address)) ? "web" : undefined;

/** Methods of a type or object, by `type::name` or `type.name`. */
const BY_TYPE: Readonly<Record<string, Effect>> = {
  "diagnostics.process.start": nothing((args, session) => {
    const [file, rest] = args[0]?.kind === "object" ? startInfo(args[0]) : args;
    startProgram(file, rest, session, ".net");
  }),
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
  "io.file.readalltext": (args, session) => contentsOf(args[0], session),
  "io.file.readallbytes": (args, session) => contentsOf(args[0], session),
  "io.file.readalllines": (args, session) => contentsOf(args[0], session),
  "io.file.writealltext": nothing((args, session) => writes(session, args[0], true)),
  "io.file.writeallbytes": nothing((args, session) => writes(session, args[0], true)),
  "io.file.writealllines": nothing((args, session) => writes(session, args[0], true)),
  "io.file.appendalltext": nothing((args, session) => writes(session, args[0], true)),
  "io.file.copy": nothing((args, session) => {
    contentsOf(args[0], session);
    writes(session, args[1]);
  }),
  "io.compression.zipfile.extracttodirectory": nothing((args, session) => {
    contentsOf(args[0], session);
    writes(session, args[1]);
  }),
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
  "interaction.shell": nothing((args, session) => startLine(args[0], session, ".net")),
  "microsoft.visualbasic.interaction.shell": nothing((args, session) => startLine(args[0], session, ".net")),
  "wscript.shell.run": nothing((args, session) => startLine(args[0], session, "comObject")),
  "wscript.shell.exec": nothing((args, session) => startLine(args[0], session, "comObject")),
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
  "internetexplorer.application.navigate": open,
  "internetexplorer.application.navigate2": open,
  "net.webrequest.create": (args, session) => contentsOf(args[0], session, "web"),
  "net.httpwebrequest.create": (args, session) => contentsOf(args[0], session, "web"),
  "shell.application.open": nothing((args, session) => startProgram(args[0], undefined, session, "comObject")),
};

for (const [hive, name] of [
  ["currentuser", "HKCU"],
  ["localmachine", "HKLM"],
  ["classesroot", "HKCR"],
  ["users", "HKU"],
] as const) {
  (BY_TYPE as Record<string, Effect>)[`microsoft.win32.registry.${hive}.opensubkey`] = ([sub]) => subKey(name, sub);
}

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

/** What was last assigned to a member of an object. */
const memberOf = ({ args }: Value & { kind: "object" }, name: string): Value | undefined =>
  args.flatMap((one) => (one.kind === "map" ? (one.entries.get(name) ?? []) : [])).at(-1);

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

function isWmiProcess(owner: Value): boolean {
  if (owner.kind !== "object" || !/^(?:wmi|management\.management(?:class|path)$)/.test(owner.type)) return false;
  return owner.args.some((arg) => (arg.kind === "object" ? isWmiProcess(arg) : WMI_PROCESS.test(shownText(arg))));
}

const WMI_PROCESS = /win32_process(?!\w)/i;

/** Under this name a class that the code derives from Win32_Process is remembered. */
const derivedKey = (className: string) => `\0derived ${className.toLowerCase()}`;

/** Whether a class starts processes by its method Create: Win32_Process itself, or one derived from it. */
export function startsProcesses(className: string, session: Session): boolean {
  return WMI_PROCESS.test(className) || session.variables.has(derivedKey(className));
}

/** What a method does besides giving a value; undefined for methods that are not known to do anything. */
export function effect(
  owner: Value,
  name: string,
  args: readonly Value[],
  session: Session,
  depth: number,
): Value | undefined {
  const named = entryOf(BY_NAME, name);
  if (named) return named(args, session, depth, owner);
  if (name === "create" && isWmiProcess(owner)) {
    startLine(args[0], session, "wmi");
    return UNKNOWN;
  }
  const type = owner.kind === "type" ? owner.name : owner.kind === "object" ? owner.type : undefined;
  if (type === "schedule.service" && name === "registertaskdefinition") {
    registerTask(session);
    return UNKNOWN;
  }
  if (owner.kind === "object" && name === "put" && owner.args.some((arg) => isConsumer(shownText(arg)))) {
    subscribe((key) => memberOf(owner, key), session);
    return UNKNOWN;
  }
  const opened = name === "open" && type && /xmlhttp|winhttp/.test(type) ? args[1] : undefined;
  const loaded = name === "load" && type && XML_DOCUMENT.test(type) ? args[0] : undefined;
  if (opened ?? loaded) {
    session.variables.set("\0opened", contentsOf(opened ?? loaded, session));
    return UNKNOWN;
  }
  if (name === "derive" && isWmiProcess(owner)) {
    session.variables.set(derivedKey(shownText(args[0])), UNKNOWN);
    return UNKNOWN;
  }
  if (name === "start" && owner.kind === "object" && owner.type === "diagnostics.process") {
    startProgram(...startInfo(owner), session, ".net");
    return UNKNOWN;
  }
  return type ? entryOf(BY_TYPE, `${type}.${name}`)?.(args, session, depth, owner) : undefined;
}
