import { anEvent, aStart } from "../../../../test/support/events.ts";
import type { Event } from "../../../model/event.ts";

/** What must and what must not complete a chain. Letters stand for processes, numbers for seconds. */
export interface ChainCase {
  readonly chain: string;
  readonly fires: readonly Event[];
  /** The ordinary variant of it. */
  readonly silent: readonly Event[];
}

export const S32 = "C:\\Windows\\System32\\";
export const PUBLIC = "C:\\Users\\Public\\";
export const OUTSIDE = "203.0.113.7";
export const INSIDE = "10.20.30.40";

const imageOf = (name: string) => (name.includes("\\") || name.startsWith("/") ? name : `${S32}${name}`);
const by = (key: string, name: string) => ({
  key: `id:${key}`,
  pid: key.charCodeAt(0),
  image: imageOf(name),
});

/** `start(5, "B", "rundll32.exe", "rundll32 x.dll,Run", "A", "explorer.exe")` */
export const start = (at: number, key: string, name: string, line: string, parent = "?", parentName?: string): Event =>
  aStart(at, key, imageOf(name), line, parent, {
    ...(parentName !== undefined && { parent: by(parent, parentName) }),
  });
export const file = (at: number, key: string, name: string, path: string, values: object = {}): Event =>
  anEvent("fileCreation", at, { process: by(key, name), path, action: "create", ...values });
export const load = (at: number, key: string, name: string, module: string, signed = false): Event =>
  anEvent("moduleLoad", at, {
    process: by(key, name),
    module,
    signature: { signed, status: signed ? "Valid" : "Unavailable" },
  });
export const connect = (at: number, key: string, name: string, destinationIp: string): Event =>
  anEvent("networkConnection", at, { process: by(key, name), initiated: true, destinationIp });
export const write = (at: number, key: string, name: string, path: string, value: string): Event =>
  anEvent("registryKeyModification", at, { process: by(key, name), path, value, action: "setValue" });
export const thread = (at: number, key: string, name: string, target: string, targetName: string): Event =>
  anEvent("osApiExecution", at, { process: by(key, name), api: "createRemoteThread", target: by(target, targetName) });
export const access = (at: number, key: string, name: string, target: string, targetName: string): Event =>
  anEvent("osApiExecution", at, {
    process: by(key, name),
    api: "processAccess",
    access: "0x1fffff",
    target: by(target, targetName),
  });

/** The same on another platform. */
export const on = (platform: "linux" | "macos", ...events: readonly Event[]): Event[] =>
  events.map((event) => anEvent(event.kind, 0, { ...valuesOf(event), platform }));

function valuesOf(event: Event): Record<string, unknown> {
  const {
    record: _,
    kind: __,
    ...values
  } = Object.fromEntries(
    ["time", "process", "parent", "image", "commandLine", "path", "action", "destinationIp", "initiated"].flatMap(
      (name) => {
        const value = (event as unknown as Record<string, unknown>)[name];
        return value === undefined ? [] : [[name, value]];
      },
    ),
  ) as Record<string, unknown>;
  return values;
}
