import type { JsonObject } from "../../decode/json/parse.ts";
import { entryOf } from "../../model/entry.ts";
import type { Platform } from "../../model/event.ts";
import { lookup, text } from "./fields.ts";
import { type At, type Head, ObjectRecord } from "./object-record.ts";

/** Where a property stands: the first of these dotted paths that has a value, or what a function finds. */
export type Source = readonly string[] | ((event: JsonObject) => unknown);

/** Properties of an event, by the names of a mapping, and where an object of some product has them. */
export type Properties = Readonly<Record<string, Source>>;

/** A kind of event and where its properties stand. */
export type Meaning = readonly [kind: string, properties: Properties];

/** The first of these dotted paths that has a value as text; of a list of several, its first element. */
export function pathText(object: JsonObject, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = lookup(object, path);
    const found = text(value) ?? (Array.isArray(value) ? text(value[0]) : undefined);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

/** Field names that no event has, so that an object of a known product whose event says nothing here is one without a meaning. */
const NOTHING: Meaning = ["unknown", {}];

/** The record of one event of a product: named properties, as a mapping would give them. */
export function productRecord(at: At, head: Head, meaning: Meaning | undefined, event: JsonObject): ObjectRecord {
  const [kind, properties] = meaning ?? NOTHING;
  const fields: Record<string, unknown> = { kind };
  for (const [property, source] of Object.entries(properties)) {
    const value = typeof source === "function" ? source(event) : pathText(event, source);
    if (value !== undefined && value !== "") fields[property] = value;
  }
  return new ObjectRecord("mapped", at, head, fields);
}

/** Texts at these paths behind one another: the key and the name of a value, a program and its arguments. */
export const joinedAt =
  (separator: string, ...paths: readonly string[]) =>
  (event: JsonObject): string =>
    paths.flatMap((path) => pathText(event, [path]) ?? []).join(separator);

/** A user's name, behind the domain where one stands apart from it. */
export function userAt(
  names: readonly string[],
  domains: readonly string[],
): (event: JsonObject) => string | undefined {
  return (event) => {
    const name = pathText(event, names);
    const domain = pathText(event, domains);
    return name === undefined || domain === undefined || name.includes("\\") ? name : `${domain}\\${name}`;
  };
}

/** The path of a file whose folder stands apart from its name, or is the whole path all the same. */
export function fileIn(folder: string | undefined, name: string | undefined): string | undefined {
  if (folder === undefined || name === undefined) return folder ?? name;
  const isWhole = folder.toLowerCase().endsWith(name.toLowerCase());
  return isWhole ? folder : `${folder}${folder.includes("/") ? "/" : "\\"}${name}`;
}

/** The operating system that a product names, however it writes it; what is neither Windows nor Apple's is a Linux. */
export function platformNamed(name: string | undefined): Platform | undefined {
  if (name === undefined || /unknown/i.test(name)) return undefined;
  if (/mac|os ?x|darwin/i.test(name)) return "macos";
  return /win/i.test(name) ? "windows" : "linux";
}

export const platformAt =
  (...paths: readonly string[]) =>
  (event: JsonObject): Platform | undefined =>
    platformNamed(pathText(event, paths));

/** Hashes as Sysmon writes them, so that they are compared alike; all zeros is what sensors write for none. */
export function hashesAt(
  paths: Readonly<Record<string, readonly string[]>>,
): (event: JsonObject) => string | undefined {
  return (event) => {
    const parts = Object.entries(paths).flatMap(([name, at]) => {
      const value = pathText(event, at);
      return value === undefined || /^0*$/.test(value) ? [] : [`${name}=${value}`];
    });
    return parts.length === 0 ? undefined : parts.join(",");
  };
}

/** Numbers of IP protocols, for sensors that do not name them (IANA). */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

/** The name of a protocol that is written as its number or name. */
export function protocolName(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  return entryOf(PROTOCOLS, written) ?? written.toLowerCase();
}
