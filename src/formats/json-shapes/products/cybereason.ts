import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, type Properties, platformNamed, productRecord, type Source } from "../properties.ts";
import { parseTime } from "../time.ts";

/** A feature is an object with its `values`, of which the first stands for it. */
const simple =
  (...names: readonly string[]) =>
  (element: JsonObject): string | undefined =>
    firstOf(own(element, "simpleValues"), names, (feature) => {
      const values = own(feature, "values");
      return Array.isArray(values) ? text(values[0]) : undefined;
    });

/** The name of an element that another is tied to: its machine, its user, its process. */
const element =
  (...names: readonly string[]) =>
  (event: JsonObject): string | undefined =>
    firstOf(own(event, "elementValues"), names, (feature) => {
      const values = own(feature, "elementValues");
      const [first] = Array.isArray(values) ? values.filter(isObject) : [];
      return first && text(own(first, "name"));
    });

function firstOf(
  features: unknown,
  names: readonly string[],
  read: (feature: JsonObject) => string | undefined,
): string | undefined {
  if (!isObject(features)) return undefined;
  for (const name of names) {
    const feature = own(features, name);
    const value = isObject(feature) ? read(feature) : undefined;
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}

/** `client:port > server:port`: the name of a connection. */
const ENDS = /^(.{2,45}):(\d{1,5}) [<>] (.{2,45}):(\d{1,5})$/;
const end = (part: 1 | 3) => (event: JsonObject) => ENDS.exec(simple("elementDisplayName")(event) ?? "")?.[part];

const hashes: Source = (event) => {
  const parts = (["md5", "sha1", "sha256"] as const).flatMap((name) => {
    const value = simple(`imageFile.${name}String`)(event);
    return value === undefined ? [] : [`${name.toUpperCase()}=${value}`];
  });
  return parts.length === 0 ? undefined : parts.join(",");
};

const platform: Source = (event) => platformNamed(simple("ownerMachine.osType", "osType")(event));

const PROCESS: Properties = {
  platform,
  user: element("user", "calculatedUser"),
  commandLine: simple("commandLine", "decodedCommandLine"),
  image: (event) =>
    simple("imageFile.correctedPath")(event) ?? element("imageFile")(event) ?? simple("elementDisplayName")(event),
  "process.pid": simple("pid"),
  "parent.image": element("parentProcess"),
  parentCommandLine: simple("parentProcess.commandLine"),
  originalFileName: simple("imageFile.originalFileName"),
  company: simple("imageFile.companyName"),
  product: simple("imageFile.productName"),
  hashes,
};

const CONNECTION: Properties = {
  platform,
  user: element("ownerProcess.user"),
  "process.image": element("ownerProcess"),
  initiated: (event) => {
    const direction = simple("direction")(event);
    return direction === undefined ? undefined : String(direction.startsWith("OUT"));
  },
  sourceIp: end(1),
  sourcePort: simple("localPort"),
  destinationIp: (event) => simple("remoteAddress")(event) ?? end(3)(event),
  destinationPort: simple("remotePort"),
  protocol: (event) => simple("transportProtocol")(event)?.toLowerCase(),
};

function meaningOf(event: JsonObject): Meaning | undefined {
  if (simple("remotePort", "localPort")(event) !== undefined) return ["networkConnection", CONNECTION];
  return simple("commandLine", "pid")(event) === undefined ? undefined : ["processCreation", PROCESS];
}

/** Elements of Cybereason's queries: processes and connections, each of its features a list of values. */
export const cybereason: JsonShape = {
  marks: ["simpleValues"],
  recognise(object, at) {
    if (!isObject(own(object, "simpleValues")) || !isObject(own(object, "elementValues"))) return undefined;
    const head = {
      provider: "Cybereason",
      host: element("ownerMachine")(object),
      time: parseTime(simple("calculatedCreationTime", "creationTime", "startTime", "endTime")(object)),
      // What a query asked for; a hunt names no rule.
      pickedBy: isObject(own(object, "suspicions")) ? "Cybereason" : undefined,
    };
    return productRecord(at, head, meaningOf(object), object);
  },
};
