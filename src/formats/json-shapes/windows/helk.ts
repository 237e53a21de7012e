import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, integer, lookup, own, text } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

type Names = Readonly<Record<string, string>>;

/** What HELK calls the fields of Sysmon's events (its Logstash pipeline, 1531 and 1590), and what Sysmon does. */
const SYSMON: Names = {
  user_account: "User",
  process_guid: "ProcessGuid",
  process_id: "ProcessId",
  process_path: "Image",
  process_command_line: "CommandLine",
  process_current_directory: "CurrentDirectory",
  process_integrity_level: "IntegrityLevel",
  process_parent_guid: "ParentProcessGuid",
  process_parent_id: "ParentProcessId",
  process_parent_path: "ParentImage",
  process_parent_command_line: "ParentCommandLine",
  file_name_original: "OriginalFileName",
  file_company: "Company",
  file_product: "Product",
  module_loaded: "ImageLoaded",
  driver_loaded: "ImageLoaded",
  signed: "Signed",
  signature: "Signature",
  signature_status: "SignatureStatus",
  file_name: "TargetFilename",
  network_initiated: "Initiated",
  network_protocol: "Protocol",
  network_transport: "Protocol",
  src_ip_addr: "SourceIp",
  src_port: "SourcePort",
  dst_ip_addr: "DestinationIp",
  dst_port: "DestinationPort",
  dst_host_name: "DestinationHostname",
  event_type: "EventType",
  registry_key_path: "TargetObject",
  registry_key_value: "Details",
  registry_key_new_name: "NewName",
  wmi_operation: "Operation",
  wmi_consumer_name: "Name",
  wmi_consumer_type: "Type",
  wmi_consumer_destination: "Destination",
};

/** Of calls into another process both ends have names of their own. */
const CALL: Names = {
  ...SYSMON,
  process_guid: "SourceProcessGuid",
  process_id: "SourceProcessId",
  process_path: "SourceImage",
  target_process_guid: "TargetProcessGuid",
  target_process_id: "TargetProcessId",
  target_process_path: "TargetImage",
  process_granted_access: "GrantedAccess",
  thread_start_module: "StartModule",
  thread_start_function: "StartFunction",
};

/** Sysmon's events in which a name stands for something else. */
const BY_ID: Readonly<Record<string, Names>> = { 8: CALL, 10: CALL, 22: { ...SYSMON, dst_host_name: "QueryName" } };

const PROVIDER = "Microsoft-Windows-Sysmon";

/** Sysmon's events as HELK indexes them: renamed, beside what Winlogbeat says of the record. */
export const helk: JsonShape = {
  marks: ["log_name", "@event_date_creation"],
  recognise(object, at) {
    const eventId = integer(own(object, "event_id"));
    const channel = text(own(object, "log_name"));
    if (eventId === undefined || !channel?.toLowerCase().includes("sysmon")) return undefined;
    if (text(own(object, "process_guid")) === undefined || lookup(object, "winlog.event_data") !== undefined)
      return undefined;
    const head = {
      eventId,
      channel,
      provider: PROVIDER,
      recordId: integer(own(object, "record_number")),
      host: firstText(object, ["host_name", "computer_name"]),
      time: parseTime(own(object, "@event_date_creation") ?? own(object, "@timestamp")),
    };
    return new ObjectRecord("winevent", at, head, renamed(object, entryOf(BY_ID, String(eventId)) ?? SYSMON));
  },
};

function renamed(object: JsonObject, names: Names): JsonObject {
  const found = Object.entries(names).map(([theirs, name]) => [name, own(object, theirs)] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
