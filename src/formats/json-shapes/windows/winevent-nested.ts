import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { parseXml } from "../../../decode/xml/tree.ts";
import { tableOf } from "../../../model/entry.ts";
import { has, integer, lookup, own, propertiesOf, text } from "../fields.ts";
import { eagerRecord, type JsonShape, type Lazily } from "../object-record.ts";
import { parseTime } from "../time.ts";

/** Keys under which converters from XML to JSON put attributes. */
const ATTRIBUTES = ["#attributes", "@attributes", "_attributes", "$"];
const TEXTS = ["#text", "_text", "$t", "_", "_value", "Value", "value", "text"];

const lazily: Lazily = {
  recordId: (object) => integer(content(own(systemOf(object)!, "EventRecordID"))),
  host: (object) => text(content(own(systemOf(object)!, "Computer"))),
  time(object) {
    const system = systemOf(object)!;
    return parseTime(attributeValue(system, "TimeCreated", "SystemTime") ?? content(own(system, "TimeCreated")));
  },
  fields: (object) => eventFields(eventOf(object), systemOf(object)!),
};

/**
 * Windows events that keep the tree of the XML: `{"Event":{"System":…,"EventData":…}}` (evtx_dump, Chainsaw, Hayabusa's
 * input, converters from XML) and the same without `Event` (Velociraptor).
 */
export const nestedWinevent: JsonShape = {
  marks: ["Event.System", "System.EventID"],
  recognise(object, at) {
    const system = systemOf(object);
    const eventId = system && integer(content(own(system, "EventID")));
    if (eventId === undefined) return undefined;
    const head = {
      eventId,
      provider: attribute(system!, "Provider", "Name") ?? attribute(system!, "Provider", "EventSourceName"),
      channel: text(content(own(system!, "Channel"))),
    };
    return eagerRecord(lazily, object, head, at);
  },
  lazily,
};

function eventOf(object: JsonObject): JsonObject {
  const wrapped = own(object, "Event");
  return isObject(wrapped) ? wrapped : object;
}

function systemOf(object: JsonObject): JsonObject | undefined {
  const system = own(eventOf(object), "System");
  return isObject(system) ? system : undefined;
}

/** The text of an element that may carry attributes. */
function content(element: unknown): unknown {
  if (!isObject(element)) return element;
  for (const key of TEXTS) if (has(element, key)) return own(element, key);
  return undefined;
}

function attribute(parent: JsonObject, name: string, attributeName: string): string | undefined {
  return text(attributeValue(parent, name, attributeName));
}

/** An attribute of a child, in any of the ways in which converters write attributes. */
function attributeValue(parent: JsonObject, name: string, attributeName: string): unknown {
  const beside = own(parent, `${name}_attributes`);
  if (isObject(beside)) return own(beside, attributeName);
  const element = own(parent, name);
  if (!isObject(element)) return attributeName === "Name" ? element : undefined;
  for (const key of ATTRIBUTES) {
    const attributes = own(element, key);
    if (isObject(attributes)) return own(attributes, attributeName);
  }
  return own(element, `@${attributeName}`) ?? own(element, attributeName);
}

/** The fields of EventData, or of UserData's one element, and those of System that sources ask for. */
export function eventFields(event: JsonObject, system: JsonObject): JsonObject {
  const fields = tableOf<unknown>();
  fields["System.ProcessID"] = attributeValue(system, "Execution", "ProcessID");
  fields["System.UserID"] = attributeValue(system, "Security", "UserID");
  const isUserData = !has(event, "EventData");
  const data = own(event, isUserData ? "UserData" : "EventData");
  const inner = isUserData && isObject(data) ? (Object.values(propertiesOf(data)).find(isObject) ?? data) : data;
  for (const [name, value] of Object.entries(isObject(inner) ? propertiesOf(inner) : { Data: inner })) {
    if (name === "Data") addData(value, fields);
    else if (!ATTRIBUTES.includes(name) && !name.startsWith("@"))
      fields[name] = isObject(value) ? content(value) : value;
  }
  return fields;
}

/** The fields of EventData that an export kept as XML text (Log Analytics); undefined where it is none. */
export function fieldsOfXml(xml: string): JsonObject | undefined {
  const tree = parseXml(xml);
  const data = tree && (own(tree, "EventData") ?? lookup(tree, "DataItem.EventData"));
  return isObject(data) ? eventFields({ EventData: data }, {}) : undefined;
}

/** `Data` elements: by their `Name` attribute, or as `Data`, `Data2` … where they have none. */
function addData(value: unknown, fields: Record<string, unknown>): void {
  let unnamed = 0;
  for (const element of Array.isArray(value) ? value : [value]) {
    const name = isObject(element) ? attribute({ Data: element }, "Data", "Name") : undefined;
    if (name === undefined) unnamed += 1;
    fields[name ?? (unnamed === 1 ? "Data" : `Data${unnamed}`)] = content(element) ?? null;
  }
}
