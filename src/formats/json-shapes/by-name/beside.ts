import type { JsonObject } from "../../../decode/json/parse.ts";
import { parseTime } from "../time.ts";
import { ABOUT_NOTHING } from "./field-roles.ts";
import type { Leaf } from "./leaves.ts";

/** What stands beside a process, and what products, scripts and forensic tools call it: small letters and digits only, most telling first. */
const NAMES = {
  host: words(
    "hostname computername devicename host computer agenthostname endpointname compromisedentity agentcomputername dvchostname dest desthost fqdn",
    "endpointhostname devicehostname machinename serverhostname csname node dvc device machine asset pscomputername agentname hostid",
  ),
  time: words(
    "eventcreatedate timestamp eventtime time timegenerated utctime detectiontimestamp eventtimestamp datetime createdat identifiedat",
    "eventcreationtime eventdate firsteventdate lasteventdate firsttime firstseen occurred occured",
    "createdtimestamp detecttime detectiontime reportedat calendartime when date scantime created",
  ),
  system: words("os osname osfamily ostype platform deviceos agentosname operatingsystem operatingsystemtype"),
} as const;

function words(...lines: readonly string[]): readonly string[] {
  return lines.join(" ").split(" ");
}

/** Keys that say what kind of event it is. */
export const KIND = words(
  "type eventtype eventsubtype action actiontype eventaction eventname logtype category operation activity typecomputedmap",
);
/** Keys of alerts, which say what a product matched. */
export const ALERT = words(
  "severity severityname detectname detectid threatname threatid alertid alertname rulename riskscore",
);

/** How names of hosts and times end that a product made up of more words; a file has times of its own. */
const HOSTS =
  /(?:^| )(?:host|computer|machine|device|endpoint) name$|(?:^| )compromised (?:host|entity)$|(?:^| )net bios name$/;
/** What stands for a host where no machine has a name: in clouds and clusters. */
const INSTANCES = /(?:^| )(?:instance|pod) (?:id|name)$/;
const TIMES =
  /^(?!.*\b(?:boot|file|build|modified|accessed|expire|parent|pe)\b).*\b(?:timestamp|time|date|datetime)(?: generated)?(?: utc)?$/;
/** Such as say when a server took a record in: later than what it tells. */
const TAKEN_IN = /\b(?:backend|ingest\w{0,6}|received?|upload\w{0,3}|indexed)\b/;
/** How names of systems end. */
const SYSTEMS = /(?:^| )(?:os|operating system) (?:name|family|type|platform)$/;

export type Fields = ReadonlyMap<string, string>;

/** An object whose names need not say whose they are, and how many words are the names above it. */
interface Beside {
  readonly holder: JsonObject;
  readonly above: number;
}

/** Texts by their names without case and marks; below a wrapper, and beside what the event is about, also without the names above. */
export function fieldsOf(leaves: readonly Leaf[], beside?: Beside): Fields {
  const fields = new Map<string, string>();
  for (const { words: all, above, holders, value } of leaves) {
    if (typeof value !== "string") continue;
    const starts = beside && holders.includes(beside.holder) ? [0, beside.above] : [0];
    for (const start of starts) {
      for (let from = start; from < all.length; from++) {
        const name = all.slice(from).join("");
        const isOfAgent = from > start && all[start] === "agent" && KIND.includes(name);
        if (!fields.has(name) && !isOfAgent) fields.set(name, value);
        if (!ABOUT_NOTHING.has(all[from]!) || from >= Math.max(above, all.length - 1)) break;
      }
    }
    const short = all.filter((word, at) => at === 0 || !ABOUT_NOTHING.has(word)).join("");
    if (!fields.has(short)) fields.set(short, value);
  }
  return fields;
}

export function firstOf(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = fields.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lastResort(leaves: readonly Leaf[], ending: RegExp): string | undefined {
  for (const { words: all, value } of leaves) if (typeof value === "string" && ending.test(all.join(" "))) return value;
  return undefined;
}

export function hostIn(fields: Fields, leaves: readonly Leaf[]): string | undefined {
  return firstOf(fields, NAMES.host) ?? lastResort(leaves, HOSTS) ?? lastResort(leaves, INSTANCES);
}

export function timeIn(fields: Fields, leaves: readonly Leaf[]): number | undefined {
  for (const name of NAMES.time) {
    const time = parseTime(fields.get(name));
    if (time !== undefined) return time;
  }
  const own = leaves.filter(({ words }) => !TAKEN_IN.test(words.join(" ")));
  return parseTime(lastResort(own, TIMES)) ?? parseTime(lastResort(leaves, TIMES));
}

/** The system that is named; else what the paths look like. */
export function platformIn(fields: Fields, leaves: readonly Leaf[], paths: readonly string[]): string {
  return platformOf(firstOf(fields, NAMES.system) ?? lastResort(leaves, SYSTEMS), paths);
}

export function accountOf(user: string | undefined, domain: string | undefined): string | undefined {
  return user === undefined || domain === undefined || /[\\@]/.test(user) ? user : `${domain}\\${user}`;
}

function platformOf(system: string | undefined, paths: readonly string[]): string {
  if (/win/i.test(system ?? "") && !/darwin/i.test(system ?? "")) return "windows";
  if (/^(?:mac|darwin|os ?x)/i.test(system ?? "")) return "macos";
  if (/linux|ubuntu|debian|red ?hat|centos/i.test(system ?? "")) return "linux";
  const told = paths.find((path) => /^(?:\/|"?[A-Za-z]:\\|\\)/.test(path));
  return told?.startsWith("/") ? "linux" : "windows";
}
