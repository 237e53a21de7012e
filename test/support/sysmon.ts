import type { EvtxEvent } from "../../lab/writers/evtx.ts";

/** An event of Sysmon as Windows frames it: a start, where nothing else is said. */
export function sysmonEvent(told: Pick<EvtxEvent, "time" | "computer" | "data"> & Partial<EvtxEvent>): EvtxEvent {
  return {
    provider: "Microsoft-Windows-Sysmon",
    providerGuid: "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}",
    eventId: 1,
    version: 5,
    level: 4,
    task: told.eventId ?? 1,
    opcode: 0,
    keywords: 0x8000000000000000n,
    processId: 3120,
    threadId: 4188,
    channel: "Microsoft-Windows-Sysmon/Operational",
    ...told,
  };
}
