import type { EvtxEvent, EvtxField } from "./evtx.ts";

/** The JSON shapes in which Windows events travel. */
export type NdjsonShape = "winlogbeat" | "flat" | "evtx_dump";

function bareGuid(value: unknown): string {
  return String(value).replace(/[{}]/g, "");
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

function hex(value: bigint | number): string {
  return `0x${BigInt(value).toString(16)}`;
}

function asText(field: EvtxField): string {
  if (field.type === "hex64" || field.type === "hex32") return hex(field.value as number | bigint);
  return String(field.value ?? "");
}

function eventData(event: EvtxEvent, value: (field: EvtxField) => unknown): Record<string, unknown> {
  return Object.fromEntries(event.data.map((field) => [field.name, value(field)]));
}

/** What the agents of Elastic send: System under `winlog`, all values as text. */
function winlogbeat(event: EvtxEvent, recordId: number): object {
  return {
    "@timestamp": iso(event.time),
    event: { code: String(event.eventId), kind: "event", provider: event.provider, created: iso(event.time + 900) },
    host: { name: event.computer },
    agent: { type: "winlogbeat", version: "8.12.1" },
    winlog: {
      channel: event.channel,
      provider_name: event.provider,
      provider_guid: event.providerGuid,
      computer_name: event.computer,
      event_id: String(event.eventId),
      record_id: recordId,
      version: event.version,
      opcode: event.opcode === 0 ? "Info" : String(event.opcode),
      process: { pid: event.processId, thread: { id: event.threadId } },
      ...(event.userSid ? { user: { identifier: event.userSid } } : {}),
      event_data: eventData(event, asText),
    },
  };
}

/** Fields of System and EventData side by side, as collectors of the NXLog kind write them. */
function flat(event: EvtxEvent, recordId: number): object {
  return {
    "@timestamp": iso(event.time),
    TimeCreated: iso(event.time),
    SourceName: event.provider,
    ProviderGuid: event.providerGuid,
    Level: String(event.level),
    Keywords: hex(event.keywords),
    Channel: event.channel,
    Hostname: event.computer,
    EventID: event.eventId,
    RecordNumber: recordId,
    Task: String(event.task),
    ExecutionProcessID: event.processId,
    ...eventData(event, asText),
  };
}

/** The JSON of the `evtx_dump` program: typed values, attributes apart. */
function evtxDump(event: EvtxEvent, recordId: number): object {
  const typed = (field: EvtxField): unknown => {
    if (field.type === "guid") return bareGuid(field.value);
    return field.type === "hex64" || field.type === "hex32" ? asText(field) : field.value;
  };
  return {
    Event: {
      "#attributes": { xmlns: "http://schemas.microsoft.com/win/2004/08/events/event" },
      System: {
        Provider: { "#attributes": { Name: event.provider, Guid: bareGuid(event.providerGuid) } },
        EventID: event.eventId,
        Version: event.version,
        Level: event.level,
        Task: event.task,
        Opcode: event.opcode,
        Keywords: hex(event.keywords),
        TimeCreated: { "#attributes": { SystemTime: iso(event.time).replace("Z", "000Z") } },
        EventRecordID: recordId,
        Correlation: null,
        Execution: { "#attributes": { ProcessID: event.processId, ThreadID: event.threadId } },
        Channel: event.channel,
        Computer: event.computer,
        Security: event.userSid ? { "#attributes": { UserID: event.userSid } } : null,
      },
      EventData: eventData(event, typed),
    },
  };
}

const SHAPES: Record<NdjsonShape, (event: EvtxEvent, recordId: number) => object> = {
  winlogbeat,
  flat,
  evtx_dump: evtxDump,
};

/** One line, with its line feed. */
export function ndjsonLine(shape: NdjsonShape, event: EvtxEvent, recordId: number): string {
  return `${JSON.stringify(SHAPES[shape](event, recordId))}\n`;
}
