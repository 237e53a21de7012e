import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { integer, lookup, own, text } from "../fields.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { type Meaning, type Properties, pathText, productRecord, type Source } from "../properties.ts";
import { parseTime } from "../time.ts";

const AT = "XmlEventData";

/** Numbers are written for people: `12,004`. */
const number =
  (name: string): Source =>
  (event) =>
    pathText(event, [`${AT}.${name}`])?.replaceAll(",", "");

const BASE: Properties = { platform: () => "windows", "process.pid": number("ProcessID") };

/** Names of events: of the provider Microsoft-Windows-Kernel-Process, and of the kernel's own logger, which has command lines. */
const EVENTS: Readonly<Record<string, Meaning>> = {
  "ProcessStart/Start": [
    "processCreation",
    { ...BASE, image: [`${AT}.ImageName`], "parent.pid": number("ParentProcessID") },
  ],
  "ProcessStop/Stop": ["processTermination", BASE],
  ImageLoad: ["moduleLoad", { ...BASE, module: [`${AT}.ImageName`] }],
  "Process/Start": [
    "processCreation",
    {
      ...BASE,
      image: [`${AT}.ImageFileName`],
      commandLine: [`${AT}.CommandLine`],
      "parent.pid": number("ParentID"),
    },
  ],
  "Process/Stop": ["processTermination", BASE],
  "Image/Load": ["moduleLoad", { ...BASE, module: [`${AT}.FileName`] }],
};

/** SilkETW's JSON: traces of Windows' event tracing, which name no host. */
export const silkEtw: JsonShape = {
  marks: ["XmlEventData"],
  recognise(object: JsonObject, at) {
    const name = text(own(object, "EventName"));
    if (name === undefined || !isObject(own(object, AT))) return undefined;
    const head = { provider: text(own(object, "ProviderName")), time: parseTime(own(object, "TimeStamp")) };
    return productRecord(at, head, entryOf(EVENTS, name), object);
  },
};

/** Sealighter's JSON: what the event's header says beside its properties, whose names are those of the provider's manifest. */
export const sealighter: JsonShape = {
  marks: ["header.provider_name"],
  recognise(object, at) {
    const properties = own(object, "properties");
    const provider = pathText(object, ["header.provider_name"]);
    if (provider === undefined || !isObject(properties)) return undefined;
    const head = {
      provider,
      eventId: integer(lookup(object, "header.event_id")),
      time: parseTime(lookup(object, "header.timestamp")),
    };
    return new ObjectRecord("winevent", at, head, properties);
  },
};
