import { entryOf, tableOf } from "../../model/entry.ts";

type Fields = Record<string, string>;

/** Keys of CEF's dictionary that say of a process what others give plain names to. */
const DICTIONARY: Readonly<Record<string, string>> = {
  rt: "timestamp",
  dvchost: "hostname",
  dproc: "processPath",
  dpid: "pid",
  sproc: "parentPath",
  spid: "parentPid",
  fileHash: "sha256",
  fname: "fileName",
};
/** What stands in for a name that nothing else gave. */
const ELSE: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ["hostname", ["dhost", "shost"]],
  ["user", ["duser", "suser"]],
  ["userDomain", ["dntdom", "sntdom"]],
  ["processPath", ["sproc", "deviceProcessName"]],
  ["timestamp", ["start", "end"]],
];
/** Who acts is the parent of another, unless it has a parent of its own. */
const ITSELF: Readonly<Record<string, string>> = { sproc: "processPath", spid: "pid" };
const PARENT_KEY = /parent/i;

const CUSTOM = /^(?:cs|cn|deviceCustom)\w{0,32}$/;
/** How Cortex XDR labels the process of which it tells. */
const LABELS: Readonly<Record<string, string>> = { "Initiated by": "processName", "Initiator CMD": "commandLine" };

/**
 * Keys and values of ArcSight's Common Event Format by names that say what they mean; custom strings bear the name of their label.
 * `head` is what stood before them.
 */
export function cefFields(raw: Fields, head: Fields): Fields {
  const fields = Object.assign(tableOf<string>(), head);
  const own = raw.dproc === undefined && Object.keys(raw).some((key) => PARENT_KEY.test(key)) ? ITSELF : DICTIONARY;
  for (const [key, value] of Object.entries(raw)) {
    const label = CUSTOM.test(key) ? raw[`${key}Label`] : undefined;
    const name = label === undefined ? undefined : (entryOf(LABELS, label) ?? label);
    fields[name ?? entryOf(own, key) ?? entryOf(DICTIONARY, key) ?? key] ??= value;
  }
  for (const [name, keys] of ELSE) {
    const key = keys.find((one) => raw[one] !== undefined && raw[one] !== "-");
    if (fields[name] === undefined && key !== undefined) fields[name] = raw[key]!;
  }
  return fields;
}

/** Some escape the backslash as others' formats do, for which no text of the event then has a single one. */
export function withPlainBackslashes(fields: Fields): Fields {
  if (Object.values(fields).some((value) => /(?<!\\)\\(?!\\)/.test(value))) return fields;
  const plain = tableOf<string>();
  for (const [name, value] of Object.entries(fields)) plain[name] = value.replaceAll("\\\\", "\\");
  return plain;
}
