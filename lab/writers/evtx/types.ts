/** BinXML value types that Windows logs use, by the number that stands in the file ([MS-EVEN6] 2.2.12). */
export const VALUE_TYPE = {
  string: 0x01,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  float64: 0x0c,
  boolean: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  filetime: 0x11,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  stringArray: 0x81,
} as const;

export type EvtxType = keyof typeof VALUE_TYPE;

/**
 * One value of an event. `undefined` writes a null value, which is not the same as an empty string. A guid is written as
 * `{…}` text, a sid as `S-1-…` text, a filetime as milliseconds since 1970, a binary as bytes.
 */
export interface EvtxField {
  readonly name: string;
  readonly type: EvtxType;
  readonly value: string | number | bigint | boolean | Uint8Array | readonly string[] | undefined;
}

/** An event as Windows would log it. */
export interface EvtxEvent {
  readonly provider: string;
  readonly providerGuid?: string;
  readonly eventId: number;
  readonly version: number;
  readonly level: number;
  readonly task: number;
  readonly opcode: number;
  readonly keywords: bigint;
  /** Milliseconds since 1970, UTC; fractions are kept to 100 ns. */
  readonly time: number;
  readonly activityId?: string;
  /** Process and thread that wrote the event. */
  readonly processId: number;
  readonly threadId: number;
  readonly channel: string;
  readonly computer: string;
  readonly userSid?: string;
  readonly data: readonly EvtxField[];
  /** Where the fields stand in UserData, under an element of this name, instead of in EventData. */
  readonly userData?: string;
}
