import { firstText, has, own, text } from "./fields.ts";
import type { JsonShape } from "./object-record.ts";
import { type Meaning, productRecord } from "./properties.ts";
import { parseTime } from "./time.ts";

const LISTED: Meaning = [
  "processCreation",
  {
    user: ["Username"],
    image: ["Exe", "Image", "Name"],
    commandLine: ["CommandLine"],
    "process.pid": ["Pid", "PID"],
    "parent.pid": ["Ppid", "PPID"],
  },
];

/** Processes as Velociraptor lists them (Windows.System.Pslist, Windows.Events.ProcessCreation and their like): started when they say. */
export const processList: JsonShape = {
  marks: ["Ppid", "CommandLine"],
  recognise(object, at) {
    const isListed = ["Pid", "PID"].some((name) => text(own(object, name)) !== undefined);
    if (!isListed || firstText(object, ["Ppid", "PPID"]) === undefined) return undefined;
    if (firstText(object, ["Exe", "Image", "Name"]) === undefined || !has(object, "CommandLine")) return undefined;
    const head = {
      provider: "process list",
      host: firstText(object, ["Fqdn", "Hostname"]),
      time: parseTime(own(object, "CreateTime") ?? own(object, "Timestamp")),
    };
    return productRecord(at, head, LISTED, object);
  },
};
