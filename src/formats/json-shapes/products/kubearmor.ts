import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, type Properties, productRecord } from "../properties.ts";

const BASE: Properties = { platform: () => "linux", user: ["UID"] };

/** What was done, in the words of KubeArmor's documentation of its events; numbers of processes are the host's. */
const OPERATIONS: Readonly<Record<string, Meaning>> = {
  Process: [
    "processCreation",
    {
      ...BASE,
      image: ["ProcessName"],
      commandLine: ["Resource"],
      currentDirectory: ["Cwd"],
      "process.pid": ["HostPID", "PID"],
      "parent.pid": ["HostPPID", "PPID"],
      "parent.image": ["ParentProcessName"],
    },
  ],
  File: [
    "fileCreation",
    {
      ...BASE,
      path: ["Resource"],
      action: () => "modify",
      "process.pid": ["HostPID", "PID"],
      "process.image": ["ProcessName"],
    },
  ],
};
/** How a file is opened to be written. */
const WRITES = /O_(?:WRONLY|RDWR|CREAT)/;

/** Alerts and telemetry of KubeArmor (`karmor logs --json`). What it blocked was never done. */
export const kubeArmor: JsonShape = {
  marks: ["Operation", "Resource"],
  recognise(object, at) {
    const operation = text(own(object, "Operation"));
    if (operation === undefined || firstText(object, ["Resource"]) === undefined) return undefined;
    if (firstText(object, ["UpdatedTime", "Enforcer", "ClusterName", "PolicyName"]) === undefined) return undefined;
    const head = {
      provider: "KubeArmor",
      host: firstText(object, ["HostName"]),
      time: firstTime(object, ["UpdatedTime", "Timestamp"]),
      pickedBy: firstText(object, ["PolicyName"]) === undefined ? undefined : "KubeArmor",
    };
    const reads = operation === "File" && !WRITES.test(firstText(object, ["Data"]) ?? "");
    const isBlocked = firstText(object, ["Action"]) === "Block";
    const meaning = reads || isBlocked ? undefined : entryOf(OPERATIONS, operation);
    return productRecord(at, head, meaning, object);
  },
};
