import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { text } from "./fields.ts";
import { type JsonShape, ObjectRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

/** Properties of a process start, and what products, scripts and forensic tools call them: small letters and digits only, most telling first. */
const NAMES = {
  commandLine: words(
    "commandline cmdline processcommandline processcmdline processcmd newprocesscommandline targetprocesscommandline",
    "processargs maliciousprocessarguments fullcommandline cmd args",
  ),
  path: words(
    "executablepath imagepath processpath processimagepath processexecutable processexe executable exe image processimage",
    "newprocessname targetprocessname path fullpath filepath folderpath binarypath targetprocesspath",
  ),
  name: words("processname imagename imagefilename filename name process comm binary processcomm"),
  pid: words("pid processid processpid newprocessid targetprocessid ospid processospid"),
  id: words("processguid processuniqueid processentityid processuid"),
  start: words("processstarttime processcreationtime starttime creationdate createtime createdate"),
  user: words("username user processuser processusername accountname targetusername account loginname owner"),
  domain: words("userdomain accountdomain logondomain processuserdomain"),
  parentPid: words("ppid parentpid parentprocessid parentprocesspid creatorprocessid actingprocessid"),
  parentId: words("parentguid parentprocessguid parentuniqueid parententityid"),
  parentPath: words(
    "parentpath parentimage parentimagepath parentexecutable parentexe parentprocesspath parentprocessimage",
    "parentprocessexecutable parentprocessexe parentimagefilepath actingprocesspath parentfilepath creatorprocessname",
  ),
  parentName: words(
    "parentname parentprocessname parentimagename parentimagefilename parentfilename actingprocessname parentcomm",
  ),
  parentCommandLine: words(
    "parentcommandline parentcmdline parentprocesscommandline parentprocesscmdline parentprocesscmd parentcmd",
    "actingprocesscommandline parentprocess",
  ),
  directory: words("currentdirectory workingdirectory cwd processcwd"),
  hash: words("sha256 processsha256 sha256string filesha256 processhashsha256 hashessha256 sha256hash"),
  host: words(
    "hostname computername devicename host computer agenthostname endpointname agentcomputername dvchostname dest fqdn",
    "csname machinename node dvc device machine asset pscomputername",
  ),
  time: words(
    "timestamp eventtime time timegenerated utctime detectiontimestamp eventtimestamp datetime createdat identifiedat",
    "eventcreationtime firsttime when date",
  ),
  system: words("os osname ostype platform deviceos agentosname operatingsystem"),
} as const;

type Name = keyof typeof NAMES;

function words(...lines: readonly string[]): readonly string[] {
  return lines.join(" ").split(" ");
}

/** Keys that say what kind of event it is, and kinds that are no start of a process: its end, or what it did. */
const KIND = words(
  "type eventtype eventsubtype action actiontype eventaction eventname logtype category operation activity",
);
const ENDS = /terminat|exit|stop|kill|access|inject|tamper|open|clos/i;
const OTHERS = /file|regist|network|connect|dns|module|load|log[io]n|auth|http|url|policy|memory/i;
const STARTS = /process|exec/i;
/** Keys of alerts, which say what a product matched. */
const ALERT = words(
  "severity severityname detectname detectid threatname threatid alertid alertname rulename riskscore",
);

/** Wrappers whose names say nothing of what stands below. */
const ABOUT_NOTHING = new Set(
  words("event data processes process threatinfo agentrealtimeinfo agent details record payload alert"),
);
const DEEPEST = 4;
const MOST_FIELDS = 400;

/**
 * A process start of no product that is known here, by the names that everybody gives to a command line and a program: lists of processes
 * (Volatility, Velociraptor, `Win32_Process`), Splunk's Endpoint data model, alerts and exports of endpoint products. Tried last.
 */
export const namedProcess: JsonShape = {
  marks: ["CommandLine", "process_name"],
  recognise(object, at) {
    if (!mayNameLine(object, DEEPEST)) return undefined;
    const fields = fieldsOf(object);
    const commandLine = lineOf(fields);
    if (commandLine === undefined || !mayStart(fields)) return undefined;
    const get = (name: Name) => first(fields, NAMES[name]);
    const image = fileOf(get("path"), nameOf(fields));
    const pid = get("pid");
    if (image === undefined && pid === undefined) return undefined;
    const head = {
      provider: "process",
      host: get("host"),
      time: parseTime(get("start")) ?? parseTime(get("time")),
      pickedBy: first(fields, ALERT) === undefined ? undefined : "the product",
    };
    const hash = get("hash");
    const values = {
      kind: "processCreation",
      platform: platformOf(get("system"), [image ?? "", commandLine]),
      user: accountOf(get("user"), get("domain")),
      image,
      commandLine,
      currentDirectory: get("directory"),
      hashes: hash && `SHA256=${hash}`,
      "process.id": get("id"),
      "process.pid": pid,
      "parent.id": get("parentId"),
      "parent.pid": get("parentPid"),
      "parent.image": fileOf(get("parentPath"), get("parentName")),
      parentCommandLine: get("parentCommandLine"),
    };
    return new ObjectRecord(
      "mapped",
      at,
      head,
      Object.fromEntries(Object.entries(values).filter(([, value]) => value)),
    );
  },
};

type Fields = ReadonlyMap<string, string>;

/** Texts by their names without case and marks; below a wrapper also without its name. What stands further out goes first. */
function fieldsOf(object: JsonObject): Fields {
  const fields = new Map<string, string>();
  const open: (readonly [path: readonly string[], object: JsonObject])[] = [[[], object]];
  let left = MOST_FIELDS;
  for (let next = open.shift(); next; next = open.shift()) {
    for (const [key, value] of Object.entries(next[1])) {
      if (left-- <= 0) return fields;
      const path = [...next[0], ...key.split(".", DEEPEST).map(plain)];
      if (isObject(value)) {
        if (path.length < DEEPEST) open.push([path, value]);
        continue;
      }
      const found = text(value);
      if (found === undefined || found === "" || found === "-") continue;
      for (let from = 0; from < path.length; from++) {
        const name = path.slice(from).join("");
        if (!fields.has(name)) fields.set(name, found);
        if (!ABOUT_NOTHING.has(path[from]!)) break;
      }
    }
  }
  return fields;
}

/** Whether any key ends like a name of command lines: most objects of no known shape are no processes, and are not looked at further. */
function mayNameLine(object: JsonObject, depth: number): boolean {
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (isObject(value) ? depth > 1 && mayNameLine(value, depth - 1) : endsLikeLine(key)) return true;
  }
  return false;
}

const endings = new Map<string, boolean>();
const MOST_KEYS = 1 << 12;
const LONGEST_KEY = 128;

function endsLikeLine(key: string): boolean {
  if (key.length > LONGEST_KEY) return false;
  const known = endings.get(key);
  if (known !== undefined) return known;
  const found = /(?:line|cmd|args|arguments|process)$/.test(plain(key));
  if (endings.size >= MOST_KEYS) endings.clear();
  endings.set(key, found);
  return found;
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function first(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = fields.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Splunk's data model calls the command line `process`, and the program `process_name`. */
const isModelled = (fields: Fields) =>
  fields.has("process") && (fields.has("processname") || fields.has("processpath"));

function lineOf(fields: Fields): string | undefined {
  return first(fields, NAMES.commandLine) ?? (isModelled(fields) ? fields.get("process") : undefined);
}

function nameOf(fields: Fields): string | undefined {
  return first(fields, NAMES.name);
}

function mayStart(fields: Fields): boolean {
  return KIND.every((name) => {
    const kind = fields.get(name);
    return kind === undefined || (!ENDS.test(kind) && (STARTS.test(kind) || !OTHERS.test(kind)));
  });
}

/** A path, to which the name is added where the folder alone is given. */
function fileOf(path: string | undefined, name: string | undefined): string | undefined {
  const separator = path?.includes("\\") ? "\\" : "/";
  if (path === undefined || !path.includes(separator)) return path ?? name;
  const isFolder = name?.includes(".") && !name.includes(separator) && !/\.[A-Za-z0-9]{1,4}$/.test(path);
  return isFolder ? `${path.replace(/[\\/]$/, "")}${separator}${name}` : path;
}

function accountOf(user: string | undefined, domain: string | undefined): string | undefined {
  return user === undefined || domain === undefined || /[\\@]/.test(user) ? user : `${domain}\\${user}`;
}

function platformOf(system: string | undefined, paths: readonly string[]): string {
  if (/^win/i.test(system ?? "")) return "windows";
  if (/^(?:mac|darwin|os ?x)/i.test(system ?? "")) return "macos";
  if (/linux|ubuntu|debian|red ?hat|centos/i.test(system ?? "")) return "linux";
  return paths.some((path) => path.startsWith("/")) ? "linux" : "windows";
}
