import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf, tableOf } from "../../../model/entry.ts";
import { actorLackOf, namedEffect } from "../by-name/effect.ts";
import { lackOf, namedProcess } from "../by-name/process.ts";
import { cefFields, withPlainBackslashes } from "../cef-fields.ts";
import { firstText, has } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { productRecord } from "../properties.ts";

/** What Microsoft calls the keys of CEF's dictionary that say something here ("CEF and CommonSecurityLog field mapping"). */
const KEYS: Readonly<Record<string, string>> = {
  DestinationHostName: "dhost",
  DestinationIP: "dst",
  DestinationNTDomain: "dntdom",
  DestinationPort: "dpt",
  DestinationProcessId: "dpid",
  DestinationProcessName: "dproc",
  DestinationUserName: "duser",
  DeviceAction: "act",
  DeviceName: "dvchost",
  EndTime: "end",
  FileHash: "fileHash",
  FileName: "fname",
  FilePath: "filePath",
  ProcessID: "dvcpid",
  ProcessName: "deviceProcessName",
  Protocol: "proto",
  ReceiptTime: "rt",
  RequestURL: "request",
  SourceHostName: "shost",
  SourceIP: "src",
  SourceNTDomain: "sntdom",
  SourcePort: "spt",
  SourceProcessId: "spid",
  SourceProcessName: "sproc",
  SourceUserName: "suser",
  StartTime: "start",
  TimeGenerated: "TimeGenerated",
};
/** Those that a label belongs to are numbered. */
const CUSTOM = /^DeviceCustom(String|Number|Date)([1-6])(Label)?$/;
const CUSTOMS: Readonly<Record<string, string>> = { String: "cs", Number: "cn", Date: "deviceCustomDate" };
const ZONE = / \[(?:UTC|Local Time)\]$/;
/** The table has one column for all other keys, and more pairs than any event has are not looked at. */
const REST = "AdditionalExtensions";
const MOST_PAIRS = 512;

/** Microsoft Sentinel's table of CEF. What none of its columns makes an event of was understood, and tells of none; where
 * they come near to one, what they lack is said. */
export const commonSecurityLog: JsonShape = {
  marks: ["DeviceVendor", "DeviceEventClassID"],
  recognise(object, at) {
    if (!has(object, "DeviceVendor") || !has(object, "DeviceEventClassID")) return undefined;
    const head = { eventName: firstText(object, ["Activity"]) ?? "" };
    const fields = cefFields(withPlainBackslashes(keysIn(object)), head);
    return (
      namedProcess.recognise(fields, at) ??
      namedEffect.recognise(fields, at) ??
      productRecord(
        at,
        { provider: "CommonSecurityLog", lack: lackOf(fields) ?? actorLackOf(fields) },
        undefined,
        object,
      )
    );
  },
};

/** The keys as CEF has them. Empty columns are such as the event had not. */
function keysIn(object: JsonObject): Record<string, string> {
  const raw = tableOf<string>();
  for (const column of Object.keys(object)) {
    const value = firstText(object, [column]);
    const [, sort, number, label = ""] = CUSTOM.exec(column) ?? [];
    const key = sort === undefined ? entryOf(KEYS, column.replace(ZONE, "")) : `${CUSTOMS[sort]}${number}${label}`;
    if (key !== undefined && value !== undefined) raw[key] ??= value;
  }
  for (const pair of (firstText(object, [REST]) ?? "").split(";", MOST_PAIRS)) {
    const equals = pair.indexOf("=");
    if (equals > 0) raw[pair.slice(0, equals)] ??= pair.slice(equals + 1);
  }
  return raw;
}
