import { defineEvent } from "../define.ts";
import { firstOf, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const BITS = "Microsoft-Windows-Bits-Client";

/** A transfer started (59), ended (60) or failed (61). The BITS service makes it; who asked for it is in event 3 only. */
const transfer = defineEvent("networkConnection", {
  platform: "windows",
  initiated: () => true,
  url: "url",
  destinationHost: (record) => hostOf(record.get("url") ?? ""),
});

function hostOf(url: string): string | undefined {
  const host = /^[a-z][a-z0-9+.-]{0,31}:\/\/(?:[^/?#@]{0,256}@)?(\[[0-9a-f:.]{2,64}\]|[^/?#:@]{1,256})/i.exec(url)?.[1];
  return host?.toLowerCase();
}

/** 3: a job was created, by the process that the service will connect for. */
const job = defineEvent("networkConnection", {
  platform: "windows",
  user: text("jobOwner", ""),
  process: processOf({ pid: integer("processId"), image: text("processPath", "") }),
  initiated: () => true,
});

/** 16403: a file was put into a job, by whom the job belongs to and the process that put it there. */
const added = {
  platform: "windows",
  user: firstOf(text("User", ""), text("jobOwner", "")),
  process: processOf({ pid: integer("processId") }),
} as const;
const asked = defineEvent("networkConnection", {
  ...added,
  initiated: () => true,
  url: "RemoteName",
  destinationHost: (record) => hostOf(record.get("RemoteName") ?? ""),
});
const written = defineEvent("fileCreation", { ...added, action: "create", path: "LocalName" });

export const sources: readonly LogSource[] = [
  winevent("bits/3", BITS, [3], ["networkConnection"], (record) =>
    record.get("processPath") ? job(record) : undefined,
  ),
  winevent("bits/59", BITS, [59, 60, 61], ["networkConnection"], (record) =>
    record.get("url") ? transfer(record) : undefined,
  ),
  winevent("bits/16403", BITS, [16403], ["networkConnection", "fileCreation"], (record) => [
    ...(record.get("RemoteName") ? [asked(record)] : []),
    ...(record.get("LocalName") ? [written(record)] : []),
  ]),
];
