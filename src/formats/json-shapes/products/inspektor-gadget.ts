import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { firstText, own, text, texts } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

/** The gadget's flat names are those before its version 0.31. */
const EXEC: Meaning = [
  "processCreation",
  {
    platform: () => "linux",
    user: ["proc.creds.user", "proc.creds.uid", "uid"],
    image: (event) => pathText(event, ["exepath", "file"]) ?? firstWord(event),
    args: (event) => texts(own(event, "args")),
    commandLine: (event) => text(own(event, "args")) ?? texts(own(event, "args"))?.join(" "),
    currentDirectory: ["cwd"],
    "process.pid": ["proc.pid", "pid"],
    "parent.pid": ["proc.parent.pid", "ppid"],
  },
];

/** Inspektor Gadget's `trace_exec`; a start that failed is none. */
export const inspektorGadget: JsonShape = {
  marks: ["mountnsid", "mntns_id"],
  recognise(object, at) {
    const proc = own(object, "proc");
    const isNew = isObject(proc) && own(proc, "comm") !== undefined;
    const isOld = own(object, "mountnsid") !== undefined && own(object, "comm") !== undefined;
    if (!(isNew || isOld)) return undefined;
    const head = {
      provider: "trace_exec",
      host: pathText(object, ["k8s.node", "node"]),
      time: parseTime(own(object, "timestamp")),
    };
    const failed = firstText(object, ["error"]) !== undefined || Number(text(own(object, "ret")) ?? 0) < 0;
    const isExec = own(object, "args") !== undefined && !failed;
    return productRecord(at, head, isExec ? EXEC : undefined, object);
  },
};

function firstWord(event: JsonObject): string | undefined {
  const args = own(event, "args");
  const first = texts(args)?.[0] ?? text(args)?.split(" ", 1)[0];
  return first?.startsWith("/") ? first : pathText(event, ["proc.comm", "comm"]);
}
