import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { has, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, type Properties, productRecord, type Source } from "../properties.ts";
import { parseTime } from "../time.ts";

/** A value among those in the column of details: `PID: 40, Command line: a b, c`. The last one has the rest. */
const detail =
  (expression: RegExp): Source =>
  (event) =>
    expression.exec((text(own(event, "Detail")) ?? "").slice(0, 1 << 20))?.[1];

const ACTOR: Properties = {
  platform: () => "windows",
  user: ["User"],
  "process.pid": ["PID"],
  "process.image": ["Image Path", "Process Name"],
};

const remote = /^.{1,256} -> (.{1,256}):([\w-]{1,40})$/;
const remotePort: Source = (event) => remote.exec(text(own(event, "Path")) ?? "")?.[2];

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7})$/;

/** The other end, as an address or as the name that it was resolved to. */
function ifAddress(event: JsonObject, wanted: boolean): string | undefined {
  const other = remote.exec(text(own(event, "Path")) ?? "")?.[1];
  return other !== undefined && ADDRESS.test(other) === wanted ? other : undefined;
}

const CONNECTION: Meaning = [
  "networkConnection",
  {
    ...ACTOR,
    initiated: () => "true",
    destinationIp: (event) => ifAddress(event, true),
    destinationHost: (event) => ifAddress(event, false),
    destinationPort: remotePort,
    protocol: () => "tcp",
  },
];

/** Operations that are data components. `Process Start` says again of the new process what `Process Create` says of its parent. */
const OPERATIONS: Readonly<Record<string, Meaning>> = {
  "Process Create": [
    "processCreation",
    {
      platform: () => "windows",
      user: ["User"],
      image: ["Path"],
      commandLine: detail(/^PID: \d{1,10}, Command line: (.*)$/s),
      "process.pid": detail(/^PID: (\d{1,10})/),
      "parent.pid": ["PID"],
      "parent.image": ["Image Path", "Process Name"],
    },
  ],
  "Process Exit": ["processTermination", ACTOR],
  "Load Image": ["moduleLoad", { ...ACTOR, module: ["Path"] }],
  "TCP Connect": CONNECTION,
  RegSetValue: ["registryKeyModification", { ...ACTOR, path: ["Path"], value: detail(/, Data: (.*)$/s) }],
};

/** Process Monitor's tables. Its times are local, and of no day unless that column was chosen: then there is none. */
export const procmon: JsonShape = {
  marks: ["Process Name", "Operation"],
  recognise(object, at) {
    const operation = text(own(object, "Operation"));
    const isOne = ["Process Name", "PID", "Path"].every((name) => has(object, name));
    if (operation === undefined || !(isOne || (has(object, "PID") && has(object, "Detail")))) return undefined;
    const head = { provider: "Process Monitor", time: parseTime(own(object, "Date & Time")) };
    // What did not succeed was not done.
    const result = text(own(object, "Result")) ?? "SUCCESS";
    return productRecord(at, head, result === "SUCCESS" ? entryOf(OPERATIONS, operation) : undefined, object);
  },
};
