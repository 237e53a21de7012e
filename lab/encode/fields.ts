import { stableHex } from "../random.ts";
import type { Account } from "../world/fleet.ts";
import type { EvtxField, EvtxType } from "../writers/evtx.ts";

export type Row = readonly [name: string, value: EvtxField["value"], type?: EvtxType];

export function fields(rows: readonly Row[]): EvtxField[] {
  return rows.map(([name, value, type = "string"]) => ({ name, type, value }));
}

export function utc(time: number): string {
  return new Date(time).toISOString().replace("T", " ").slice(0, 23);
}

export function who(account: Account): string {
  return `${account.domain}\\${account.name}`;
}

export function logonId(account: Account): bigint {
  return account.sid === "S-1-5-18" ? 0x3e7n : BigInt(`0x${stableHex(account.sid, 6)}`);
}
