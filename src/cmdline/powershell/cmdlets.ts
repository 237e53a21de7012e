import { contentsOf, runCode, startLine, startProgram } from "./acts.ts";
import type { Argument } from "./arguments.ts";
import { bind } from "./binding.ts";
import { type Call, first, writesTo } from "./call.ts";
import {
  addType,
  alias,
  askNameServer,
  assign,
  copy,
  download,
  eachItem,
  importModule,
  itemOf,
  joinPath,
  listed,
  newInstance,
  newObject,
  openFile,
  passOn,
  readFile,
  readPlace,
  rename,
  runBlocks,
  runFile,
  select,
  serviceControl,
  unpack,
  wmiMethod,
  writeFile,
} from "./cmdlet-bodies.ts";
import { invokeCommand } from "./invoke-command.ts";
import { leaveLocation, setLocation, startProcess } from "./location.ts";
import { aliasByPattern, automaticByPattern, commandByPattern, programByPattern } from "./names.ts";
import { newItem, readRegistry, registryValue, removeItem } from "./registry-cmdlets.ts";
import { registerRepository, using } from "./repositories.ts";
import type { Session } from "./session.ts";
import { itemsOf, shownText, text, UNKNOWN, type Value } from "./values.ts";
import { contentsOfClass } from "./wmi.ts";

interface Cmdlet {
  /** Parameters that take a value; the first `places` of them are filled by place. */
  readonly parameters: readonly string[];
  readonly places: number;
  readonly switches?: readonly string[];
  run(call: Call): Value;
}

function define(
  names: string,
  parameters: string,
  places: number,
  run: Cmdlet["run"],
  switches = "",
): [string, Cmdlet][] {
  const cmdlet: Cmdlet = { parameters: parameters.split(" "), places, run, switches: switches.split(" ") };
  return names.split(" ").map((name) => [name, cmdlet]);
}

const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map([
  ...define("invoke-expression", "command", 1, (call) => runCode(first(call, "command"), call.session, call.depth)),
  ...define("invoke-webrequest invoke-restmethod", "uri outfile infile", 1, download, "usebasicparsing"),
  ...define("start-process", "filepath argumentlist args", 2, startProcess, "wait passthru nonewwindow"),
  ...define("set-location push-location", "path literalpath", 1, setLocation, "passthru"),
  ...define("pop-location", "stackname", 0, leaveLocation),
  ...define(
    "start-bitstransfer",
    "source destination",
    2,
    (call) => {
      const brought = itemsOf(call.bound.get("source") ?? UNKNOWN).map((item) => contentsOf(item, call.session));
      writesTo(call.session, call.bound.get("destination"), brought[0]);
      return UNKNOWN;
    },
    "asynchronous",
  ),
  ...define("invoke-item", "path literalpath", 1, openFile),
  ...define("invoke-wmimethod", "class name argumentlist path", 3, wmiMethod),
  ...define("invoke-cimmethod", "classname methodname arguments inputobject", 3, wmiMethod),
  ...define("new-ciminstance set-wmiinstance", "classname class path property arguments", 1, newInstance),
  ...define("new-object", "typename argumentlist comobject property", 2, newObject),
  ...define(
    "add-type",
    "typedefinition path literalpath memberdefinition assemblyname language referencedassemblies outputassembly usingnamespace",
    1,
    addType,
  ),
  // Functions of Microsoft's own diagnostic scripts, through which a signed script runs something else (T1216).
  ...define("loadassemblyfrompath regsnapin", "path", 1, addType),
  ...define("syncinvoke runaftercancelprocess", "filepath argumentlist", 2, (call) => {
    startProgram(call.bound.get("filepath"), call.bound.get("argumentlist"), call.session, "script");
    return UNKNOWN;
  }),
  ...define("import-module add-pssnapin", "name assembly", 1, importModule, "force"),
  ...define("get-content", "path literalpath totalcount tail delimiter readcount stream", 1, readFile, "raw"),
  ...define("set-content add-content", "path value literalpath stream", 2, writeFile, "force passthru"),
  ...define("get-itemproperty get-itempropertyvalue", "path name literalpath", 2, readRegistry),
  ...define(
    "out-file tee-object",
    "filepath literalpath inputobject width",
    1,
    (call) => {
      writesTo(call.session, call.bound.get("filepath") ?? call.bound.get("literalpath"), call.input, true);
      return call.input ?? UNKNOWN;
    },
    "append force",
  ),
  ...define("copy-item move-item", "path destination literalpath", 2, copy, "force recurse"),
  ...define("rename-item", "path newname literalpath", 2, rename, "force"),
  ...define("expand-archive", "path destinationpath literalpath", 2, unpack, "force"),
  ...define("set-alias new-alias", "name value", 2, alias, "force"),
  ...define("set-item", "path value literalpath", 2, assign, "force"),
  ...define("set-variable new-variable", "name value option scope", 2, assign, "force"),
  ...define(
    "get-variable",
    "name scope",
    1,
    ({ bound, session }) => {
      const name = shownText(bound.get("name"));
      const automatic = automaticByPattern(name);
      if (automatic !== undefined) return { kind: "map", entries: new Map([["name", text(automatic)]]) };
      return session.variables.get(name.toLowerCase()) ?? UNKNOWN;
    },
    "valueonly",
  ),
  ...define(
    "invoke-command",
    "scriptblock filepath argumentlist session computername cn hostname vmname",
    1,
    invokeCommand,
  ),
  ...define("start-job start-threadjob", "scriptblock filepath argumentlist initializationscript", 1, runBlocks),
  ...define("register-scheduledjob", "scriptblock filepath trigger", 0, runBlocks),
  ...define(
    "register-objectevent register-wmievent register-engineevent",
    "action inputobject eventname sourceidentifier query",
    0,
    runBlocks,
  ),
  ...define("foreach-object", "process begin end", 0, eachItem),
  ...define("new-scheduledtaskaction", "execute argument workingdirectory", 3, (call) => {
    startProgram(call.bound.get("execute"), call.bound.get("argument"), call.session, "scheduledTask");
    return UNKNOWN;
  }),
  ...define("new-service", "name binarypathname startuptype", 2, (call) => {
    startLine(call.bound.get("binarypathname"), call.session, "service");
    return UNKNOWN;
  }),
  ...define("set-service", "name startuptype status displayname", 1, serviceControl("config"), "force passthru"),
  ...define("stop-service spsv", "name displayname", 1, serviceControl("stop"), "force nowait passthru"),
  ...define("remove-service", "name displayname", 1, serviceControl("delete")),
  ...define(
    "add-appxpackage add-appxprovisionedpackage",
    "path packagepath appinstallerfile dependencypath register",
    1,
    (call) => {
      for (const name of ["path", "packagepath", "appinstallerfile", "register"]) runFile(call, name, "package");
      return UNKNOWN;
    },
    "forceapplicationshutdown online",
  ),
  ...define("get-command", "name module commandtype", 1, (call) => {
    const pattern = shownText(call.bound.get("name"));
    const name = commandByPattern(pattern) ?? programByPattern(pattern);
    return name ? text(name) : UNKNOWN;
  }),
  ...define("get-alias", "name", 1, (call) => {
    const name = aliasByPattern(shownText(call.bound.get("name")));
    return name ? text(name) : UNKNOWN;
  }),
  ...define(
    "convertto-securestring",
    "string key securekey",
    1,
    () => ({ kind: "sealed", why: "encrypted code, not opened" }),
    "asplaintext force",
  ),
  ...define("set-itemproperty new-itemproperty", "path name value literalpath propertytype", 3, registryValue, "force"),
  ...define("remove-item remove-itemproperty", "path name literalpath", 2, removeItem, "force recurse confirm"),
  ...define("new-item", "path name value itemtype", 1, newItem, "force"),
  ...define("select-object", "inputobject property expandproperty first last skip", 0, select),
  ...define("write-output out-string sort-object out-null", "inputobject property", 0, passOn),
  ...define(
    "where-object select-string",
    "filterscript pattern property value",
    1,
    (call) => call.input ?? UNKNOWN,
    "allmatches",
  ),
  ...define(
    "get-winevent get-eventlog",
    "logname newest maxevents source instanceid filterhashtable filterxpath providername",
    1,
    readPlace("event log", "logname", "providername"),
    "oldest",
  ),
  ...define(
    "get-wmiobject get-ciminstance",
    "class classname list namespace property filter query computername",
    1,
    ({ bound }) => {
      const list = bound.get("list");
      const name = bound.get("class") ?? bound.get("classname");
      // With `-List` it is the class that is asked for, wherever its name stands.
      if (list) return { kind: "object", type: "wmi", args: [shownText(list) === "" ? (name ?? list) : list] };
      return contentsOfClass(shownText(name));
    },
  ),
  ...define("get-clipboard", "format textformattype", 0, readPlace("clipboard"), "raw"),
  ...define(
    "register-psrepository set-psrepository register-packagesource register-psresourcerepository",
    "name sourcelocation location uri publishlocation scriptsourcelocation installationpolicy providername",
    2,
    registerRepository,
    "trusted force default",
  ),
  ...define("using", "kind name", 2, using),
  ...define("resolve-dnsname", "name type server", 2, askNameServer, "dnsonly quicktimeout"),
  ...define("read-host", "prompt", 1, () => UNKNOWN),
  ...define("mount-diskimage", "imagepath", 1, (call) => contentsOf(call.bound.get("imagepath"), call.session)),
  ...define(
    "resolve-path convert-path",
    "path literalpath",
    1,
    (call) => first(call, "path", "literalpath") ?? UNKNOWN,
  ),
  ...define("get-childitem", "path filter literalpath include", 2, listed, "recurse force file name"),
  ...define("join-path", "path childpath", 2, joinPath, "resolve"),
  ...define("get-item", "path literalpath", 1, itemOf),
]);

/** Whether a call of this cmdlet is followed. */
export function isFollowed(name: string): boolean {
  return CMDLETS.has(name);
}

/** Carries out what is known of a cmdlet. */
export function callCmdlet(
  name: string,
  args: readonly Argument[],
  input: Value | undefined,
  session: Session,
  depth: number,
): Value {
  const cmdlet = CMDLETS.get(name)!;
  const bound = bind(args, cmdlet.parameters, cmdlet.parameters.slice(0, cmdlet.places), cmdlet.switches);
  return cmdlet.run({ bound, input, session, depth });
}
