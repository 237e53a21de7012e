import { entryOf } from "../../../model/entry.ts";

type Names = Readonly<Record<string, string>>;

/**
 * Short names in Hayabusa's details and the fields that they stand for, in lower case as its rule sets changed their case; by channel,
 * and below that by event id where one name stands for several fields (its `default_details.txt`).
 */
const SYSMON: Names = {
  cmd: "CommandLine",
  cmdline: "CommandLine",
  proc: "Image",
  parentcmd: "ParentCommandLine",
  parentcmdline: "ParentCommandLine",
  pid: "ProcessId",
  pguid: "ProcessGuid",
  parentpid: "ParentProcessId",
  parentpguid: "ParentProcessGuid",
  hash: "Hashes",
  path: "TargetFilename",
  proto: "Protocol",
  srcip: "SourceIp",
  srcport: "SourcePort",
  srchost: "SourceHostname",
  tgtip: "DestinationIp",
  tgtport: "DestinationPort",
  tgthost: "DestinationHostname",
  srcproc: "SourceImage",
  srcpid: "SourceProcessId",
  srcpguid: "SourceProcessGuid",
  srcuser: "SourceUser",
  tgtproc: "TargetImage",
  tgtpid: "TargetProcessId",
  tgtpguid: "TargetProcessGuid",
  tgtuser: "TargetUser",
  access: "GrantedAccess",
  tgtobj: "TargetObject",
  query: "QueryName",
  result: "QueryResults",
};

const SECURITY: Names = {
  user: "SubjectUserName",
  pid: "ProcessId",
  proc: "ProcessName",
  objname: "ObjectName",
  objtype: "ObjectType",
};

const CHANNELS: Readonly<Record<string, Names>> = {
  Sysmon: SYSMON,
  "Sysmon/6": { path: "ImageLoaded", sig: "Signature" },
  "Sysmon/7": { image: "ImageLoaded", sig: "SignatureStatus" },
  "Sysmon/15": { hash: "Hash" },
  Sec: SECURITY,
  "Sec/4688": {
    cmdline: "CommandLine",
    path: "NewProcessName",
    proc: "NewProcessName",
    pid: "NewProcessId",
    parentpid: "ProcessId",
    parentproc: "ParentProcessName",
  },
  "Sec/4697": { svc: "ServiceName", path: "ServiceFileName" },
  "Sec/4698": { name: "TaskName", content: "TaskContent" },
  "Sec/4702": { name: "TaskName", content: "TaskContentNew" },
  "Sec/5156": {
    proc: "Application",
    pid: "ProcessID",
    srcip: "SourceAddress",
    tgtip: "DestAddress",
    tgtport: "DestPort",
    srcport: "SourcePort",
  },
  Sys: { svc: "ServiceName", path: "ImagePath", acct: "AccountName" },
  PwSh: { scriptblock: "ScriptBlockText" },
  PwShCore: { scriptblock: "ScriptBlockText" },
  BitsCli: { jobtitle: "jobTitle", proc: "processPath", pid: "processId", url: "url" },
  TaskSch: { name: "TaskName", task: "TaskName", action: "ActionName", path: "Path" },
  Defender: { threat: "Threat Name", user: "Detection User", path: "Path", proc: "Process Name" },
};

const tables = new Map<string, ReadonlyMap<string, string>>();
const MOST_TABLES = 1024;

/** The fields that short names, in lower case, stand for in events of this id. */
export function hayabusaNames(channel: string, eventId: number): ReadonlyMap<string, string> {
  const key = `${channel}/${eventId}`;
  const known = tables.get(key);
  if (known) return known;
  if (tables.size >= MOST_TABLES) tables.clear();
  const table = new Map(Object.entries({ ...entryOf(CHANNELS, channel), ...entryOf(CHANNELS, key) }));
  tables.set(key, table);
  return table;
}
