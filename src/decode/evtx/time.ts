import { u16, u32 } from "./bytes.ts";

/** Milliseconds between 1601-01-01 and 1970-01-01. */
const EPOCH = 11_644_473_600_000;

/** A FILETIME (100 ns since 1601-01-01 UTC) as milliseconds since 1970, with fraction. */
export function filetimeToMillis(bytes: Uint8Array, at: number): number {
  const low = u32(bytes, at);
  const high = u32(bytes, at + 4);
  // 2^32 ticks are 429496 ms and 7296 ticks: so no step leaves the range of exact doubles.
  return high * 429_496 + (high * 7296 + low) / 10_000 - EPOCH;
}

/** A FILETIME as RFC 3339 with all its seven decimals. */
export function filetimeText(bytes: Uint8Array, at: number): string {
  const rest = u32(bytes, at + 4) * 7296 + u32(bytes, at);
  const millis = u32(bytes, at + 4) * 429_496 + Math.floor(rest / 10_000) - EPOCH;
  const ticks = String(rest % 10_000).padStart(4, "0");
  return `${new Date(millis).toISOString().slice(0, -1)}${ticks}Z`;
}

/** A SYSTEMTIME (eight u16: year, month, day of week, day, hour, minute, second, millisecond; UTC) as RFC 3339. */
export function systemtimeText(bytes: Uint8Array, at: number): string {
  const part = (index: number, digits: number) => String(u16(bytes, at + index * 2)).padStart(digits, "0");
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
}

/** A SYSTEMTIME as milliseconds since 1970. */
export function systemtimeToMillis(bytes: Uint8Array, at: number): number {
  const part = (index: number) => u16(bytes, at + index * 2);
  return Date.UTC(part(0), part(1) - 1, part(3), part(4), part(5), part(6), part(7));
}
