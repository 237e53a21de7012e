import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import type { LogSource } from "../source.ts";

/** No manifest of this channel is public; ATT&CK's analytic AN0622 asks it for the class and the process. */
const clsid = firstOf(text("CLSID", ""), text("Clsid", ""), text("ClassId", ""), text("ClsId", ""));
const image = firstOf(text("ProcessPath", ""), text("ProcessName", ""), text("ImagePath", ""));
const CLASS = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** A process had COM make an object of a class. The class stands as `startModule`. */
const activation = defineEvent("osApiExecution", {
  platform: "windows",
  process: processOf({ pid: firstOf(integer("ProcessId"), integer("ProcessID"), integer("ClientProcessId")), image }),
  api: "comActivation",
  startModule: (record: LogRecord) => `CLSID\\{${clsid(record)?.replace(/[{}]/g, "")}}`,
});

export const sources: readonly LogSource[] = [
  {
    id: "com",
    shape: "winevent",
    provider: "microsoft-windows-com",
    kinds: ["osApiExecution"],
    understand: (record) => (CLASS.test(clsid(record) ?? "") ? activation(record) : undefined),
  },
];
