import { Count } from "../../../src/baseline/count.ts";
import { dayOf } from "../../../src/baseline/days.ts";
import { History } from "../../../src/baseline/history.ts";
import { emptyList } from "../../../src/correlate/site/read.ts";
import { Site } from "../../../src/correlate/site/site.ts";
import type { Event } from "../../../src/model/event.ts";
import { anEvent, aStart } from "../events.ts";

/** What must and what must not complete a chain. Letters stand for processes, numbers for seconds. */
export interface ChainCase {
  readonly chain: string;
  readonly fires: readonly Event[];
  /** What the site says of hosts and files, and what the past knows of a program, where the chain asks. */
  readonly site?: Site;
  readonly history?: History;
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
export const load = (at: number, key: string, name: string, module: string, signed = false, hashes?: string): Event =>
  anEvent("moduleLoad", at, {
    process: by(key, name),
    module,
    ...(hashes !== undefined && { hashes }),
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

/** A site that lists hosts or hashes as hostile. */
export function hostile(...entries: readonly string[]): Site {
  const listed = emptyList();
  for (const entry of entries) if (listed.hosts.add(entry) !== undefined) listed.hashes.add(entry);
  return new Site(emptyList(), listed);
}

/** A past of a fleet on which every host has long shown these keys, and on which the hosts of the cases are watched. */
export function past(...keys: readonly string[]): History {
  const [fleet, shown] = [new Count(), new Count()];
  const day = dayOf(Date.UTC(2024, 4, 2));
  for (let host = 0; host < 30; host++)
    for (let ago = 60; ago > 0; ago--) fleet.add("", host === 0 ? "pc1" : `h${host}`, day - ago);
  for (let host = 1; host < 30; host++) shown.add("", `h${host}`, day - 40);
  return new History({ get: (key) => (keys.includes(key) ? shown : undefined), fleet }, day);
}
