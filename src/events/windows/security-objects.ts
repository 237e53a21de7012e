import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { integer, text, toInteger } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";
import { hivePath } from "./registry-path.ts";
import { own, path, SECURITY } from "./security-fields.ts";

/** Access rights of files and keys in AccessMask (winnt.h). */
const WRITE_DATA = 0x2;
const APPEND_DATA = 0x4;
const DELETE = 0x1_0000;
const KEY_SET_VALUE = 0x2;
const KEY_CREATE_SUB_KEY = 0x4;

const file = (action: "modify" | "delete") => defineEvent("fileCreation", { ...own, action, path: path("ObjectName") });
const fileWrite = file("modify");
const fileDelete = file("delete");

const keyPath = (record: LogRecord) => {
  const key = record.get("ObjectName");
  return key === undefined ? undefined : hivePath(key);
};
const key = (action: "createKey" | "deleteKey" | "setValue") =>
  defineEvent("registryKeyModification", { ...own, action, path: keyPath });
const keyCreate = key("createKey");
const keyDelete = key("deleteKey");
const keySet = key("setValue");

const openProcess = defineEvent("osApiExecution", {
  ...own,
  api: "processAccess",
  target: processOf({ image: path("ObjectName") }),
  access: "AccessMask",
});

/** 4663: an object was accessed. Reading is no event here; which value of a key was set is left to 4657. */
function accessed(record: LogRecord) {
  const type = record.get("ObjectType");
  if (type === "Process") return openProcess(record);
  const mask = toInteger(record.get("AccessMask")) ?? 0;
  if (type === "File") {
    if (mask & DELETE) return fileDelete(record);
    return mask & (WRITE_DATA | APPEND_DATA) ? fileWrite(record) : undefined;
  }
  if (type !== "Key") return undefined;
  if (mask & DELETE) return keyDelete(record);
  if (mask & KEY_SET_VALUE) return keySet(record);
  return mask & KEY_CREATE_SUB_KEY ? keyCreate(record) : undefined;
}

const duplicated = defineEvent("osApiExecution", {
  ...own,
  api: "handle",
  process: processOf({ pid: integer("SourceProcessId") }),
  target: processOf({ pid: integer("TargetProcessId") }),
});

/** `%%1904` a new value, `%%1905` a changed one, `%%1906` a deleted one. */
const valueChange = defineEvent("registryKeyModification", {
  ...own,
  action: (record) => (/1906|delete/i.test(record.get("OperationType") ?? "") ? "deleteValue" : "setValue"),
  path: (record) => {
    const at = keyPath(record);
    const name = record.get("ObjectValueName");
    return at === undefined || !name ? at : `${at}\\${name}`;
  },
  value: text("NewValue", "-", ""),
});

/** Event fields: Microsoft's "Advanced security audit policy settings" reference. */
export const sources: readonly LogSource[] = [
  // A handle that was asked for; for files and keys only its use (4663) is a change.
  winevent("security/4656", SECURITY, [4656], ["osApiExecution"], (record) =>
    record.get("ObjectType") === "Process" ? openProcess(record) : undefined,
  ),
  winevent("security/4657", SECURITY, [4657], valueChange),
  winevent("security/4663", SECURITY, [4663], ["fileCreation", "registryKeyModification", "osApiExecution"], accessed),
  winevent("security/4690", SECURITY, [4690], duplicated),
];
