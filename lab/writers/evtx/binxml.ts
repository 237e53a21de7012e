import type { Chunk } from "./chunk.ts";
import { type EvtxEvent, type EvtxField, type EvtxType, VALUE_TYPE } from "./types.ts";
import { typeCode, writeValue } from "./values.ts";

const NO_DEPENDENCY = 0xffff;
const BINXML = 0x21;
const EVENT_XMLNS = "http://schemas.microsoft.com/win/2004/08/events/event";

/** An attribute or a content: literal text, or the number and type of a value. */
type Part = string | { readonly slot: number; readonly type: number; readonly optional?: boolean };

interface Element {
  readonly name: string;
  readonly attributes?: readonly (readonly [string, Part])[];
  /** Number of the value on which the whole element depends: it is left out where that value is null. */
  readonly dependsOn?: number;
  readonly content?: Part | (() => void);
}

function slot(number: number, type: EvtxType): Part {
  return { slot: number, type: VALUE_TYPE[type], optional: true };
}

function writePart(chunk: Chunk, part: Part): void {
  if (typeof part === "string") {
    chunk.u8(0x05);
    chunk.u8(VALUE_TYPE.string);
    chunk.u16(part.length);
    chunk.text(part);
    return;
  }
  chunk.u8(part.optional ? 0x0e : 0x0d);
  chunk.u16(part.slot);
  chunk.u8(part.type);
}

function writeElement(chunk: Chunk, element: Element): void {
  const attributes = element.attributes ?? [];
  chunk.u8(attributes.length ? 0x41 : 0x01);
  chunk.u16(element.dependsOn ?? NO_DEPENDENCY);
  chunk.sized(() => {
    chunk.name(element.name);
    if (attributes.length) chunk.sized(() => writeAttributes(chunk, attributes));
    if (element.content === undefined) return chunk.u8(0x03);
    chunk.u8(0x02);
    if (typeof element.content === "function") element.content();
    else writePart(chunk, element.content);
    chunk.u8(0x04);
  });
}

function writeElements(chunk: Chunk, elements: readonly Element[]): void {
  for (const element of elements) writeElement(chunk, element);
}

function writeAttributes(chunk: Chunk, attributes: readonly (readonly [string, Part])[]): void {
  attributes.forEach(([name, part], i) => {
    chunk.u8(i < attributes.length - 1 ? 0x46 : 0x06);
    chunk.name(name);
    writePart(chunk, part);
  });
}

/** The System part and the place of the event's own data, with the numbers that Windows gives the values. */
function defineSystem(chunk: Chunk, computer: string): void {
  const system: readonly Element[] = [
    {
      name: "Provider",
      attributes: [
        ["Name", slot(14, "string")],
        ["Guid", slot(15, "guid")],
      ],
    },
    { name: "EventID", attributes: [["Qualifiers", slot(4, "uint16")]], dependsOn: 3, content: slot(3, "uint16") },
    { name: "Version", dependsOn: 11, content: slot(11, "uint8") },
    { name: "Level", dependsOn: 0, content: slot(0, "uint8") },
    { name: "Task", dependsOn: 2, content: slot(2, "uint16") },
    { name: "Opcode", dependsOn: 1, content: slot(1, "uint8") },
    { name: "Keywords", dependsOn: 5, content: slot(5, "hex64") },
    { name: "TimeCreated", attributes: [["SystemTime", slot(6, "filetime")]] },
    { name: "EventRecordID", dependsOn: 10, content: slot(10, "uint64") },
    {
      name: "Correlation",
      attributes: [
        ["ActivityID", slot(7, "guid")],
        ["RelatedActivityID", slot(13, "guid")],
      ],
    },
    {
      name: "Execution",
      attributes: [
        ["ProcessID", slot(8, "uint32")],
        ["ThreadID", slot(9, "uint32")],
      ],
    },
    { name: "Channel", dependsOn: 16, content: slot(16, "string") },
    { name: "Computer", content: computer },
    { name: "Security", attributes: [["UserID", slot(12, "sid")]] },
  ];
  writeElement(chunk, {
    name: "Event",
    attributes: [["xmlns", EVENT_XMLNS]],
    dependsOn: 17,
    content: () => {
      writeElement(chunk, { name: "System", content: () => writeElements(chunk, system) });
      writePart(chunk, { slot: 17, type: BINXML, optional: true });
    },
  });
}

/** A template's type must not depend on whether one event's value is null. */
function slotOf(field: EvtxField, i: number): Part {
  return { slot: i, type: VALUE_TYPE[field.type] };
}

function defineData(chunk: Chunk, event: EvtxEvent): void {
  if (event.userData !== undefined) {
    const fields = () =>
      writeElements(
        chunk,
        event.data.map((f, i) => ({ name: f.name, content: slotOf(f, i) })),
      );
    writeElement(chunk, {
      name: "UserData",
      content: () => writeElement(chunk, { name: event.userData ?? "", content: fields }),
    });
    return;
  }
  const data = (field: EvtxField, i: number): Element =>
    field.name === ""
      ? { name: "Data", content: slotOf(field, i) }
      : { name: "Data", attributes: [["Name", field.name]], content: slotOf(field, i) };
  writeElement(chunk, {
    name: "EventData",
    content: () => writeElements(chunk, event.data.map(data)),
  });
}

/** The array of values: number, then size and type of each, then their bytes. */
function writeValues(chunk: Chunk, fields: readonly EvtxField[], last?: () => void): void {
  const count = fields.length + (last ? 1 : 0);
  chunk.u32(count);
  const sizes = chunk.at;
  chunk.at += 4 * count;
  const describe = (i: number, size: number, type: number): void => {
    if (size > 0xffff) throw new RangeError(`value ${i} has ${size} bytes; a value holds 65535`);
    chunk.bytes.writeUInt16LE(size, sizes + 4 * i);
    chunk.bytes.writeUInt16LE(type, sizes + 4 * i + 2);
  };
  fields.forEach((field, i) => {
    const size = writeValue(chunk.bytes, chunk.at, field.type, field.value);
    describe(i, size, typeCode(field));
    chunk.at += size;
  });
  if (!last) return;
  const start = chunk.at;
  last();
  describe(fields.length, chunk.at - start, BINXML);
}

function systemFields(event: EvtxEvent, recordId: number): EvtxField[] {
  const field = (type: EvtxType, value: EvtxField["value"]): EvtxField => ({ name: "", type, value });
  return [
    field("uint8", event.level),
    field("uint8", event.opcode),
    field("uint16", event.task),
    field("uint16", event.eventId),
    field("uint16", undefined),
    field("hex64", event.keywords),
    field("filetime", event.time),
    field("guid", event.activityId),
    field("uint32", event.processId),
    field("uint32", event.threadId),
    field("uint64", recordId),
    field("uint8", event.version),
    field("sid", event.userSid),
    field("guid", undefined),
    field("string", event.provider),
    field("guid", event.providerGuid),
    field("string", event.channel),
  ];
}

/** The BinXML of one event: the System template, and in its last value the event's own template. */
export function writeEvent(chunk: Chunk, event: EvtxEvent, recordId: number): void {
  chunk.fragment();
  chunk.template(`system ${event.computer}`, () => defineSystem(chunk, event.computer));
  writeValues(chunk, systemFields(event, recordId), () => {
    chunk.fragment();
    const shape = event.data.map((f) => `${f.name}:${f.type}`).join(",");
    chunk.template(`${event.userData ?? "EventData"} ${shape}`, () => defineData(chunk, event));
    writeValues(chunk, event.data);
    chunk.u8(0);
  });
  chunk.u8(0);
}
