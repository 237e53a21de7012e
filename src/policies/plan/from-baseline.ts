import { BaselineFile } from "../../baseline/file.ts";
import { partsOf } from "../../baseline/keys.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import type { Act } from "../decide/act.ts";
import { LIBRARIES, PACKAGES } from "../decide/paths.ts";
import { Evidence } from "./evidence.ts";

const SYSTEM = "C:\\Windows\\System32\\";

/** The acts that a key of a baseline stands for; none for keys that policies do not ask about. */
function actsOf(key: string, catalog: Catalog): readonly Act[] {
  const { kind, parts } = partsOf(key);
  const [id = "", what = ""] = parts;
  const entry = catalog.byId(id);
  return entry ? bareActsOf(entry, kind, what).map((act) => ({ ...act, platform: entry.platform })) : [];
}

function bareActsOf(entry: CatalogEntry, kind: string, what: string): readonly Act[] {
  const name = entry.originalNames[0] ?? entry.name;
  const file = {
    path: entry.platform === "windows" ? SYSTEM + entry.name : `/usr/bin/${entry.name}`,
    originalName: name,
  };
  if (kind === "binary") return [{ on: "execute", subject: {}, object: file }];
  if (kind === "child") return [{ on: "execute", subject: file, object: { path: what } }];
  if (kind === "destination")
    return [{ on: "connect", subject: file, object: {}, peer: { host: what, inbound: false } }];
  if (kind === "loaded" && LIBRARIES.test(what)) return [{ on: "load", subject: file, object: { path: what } }];
  if (kind === "loaded" && PACKAGES.test(what)) return [{ on: "install", subject: file, object: { path: what } }];
  if (kind === "loaded" && /\.(?:vbs|js|ps1|bat|cmd)$/i.test(what))
    return [{ on: "script", subject: file, object: { path: what } }];
  return [];
}

/**
 * What a baseline knows of needs: which programs were used, what they loaded, started and were connected to. Users and rights are
 * masked there, so nothing is left to administrators on its word.
 * @throws WhatranError `baseline/…`
 */
export function evidenceOf(path: string, catalog: Catalog): Evidence {
  const file = new BaselineFile(path);
  try {
    const evidence = new Evidence();
    for (const { key, count } of file.entries()) {
      const acts = actsOf(key, catalog);
      // Hosts are hashed in a baseline: their number is what counts.
      for (let host = 0; acts.length > 0 && host < Math.min(count.hosts.size, 64); host++)
        evidence.add(acts, { host: `host ${host}`, time: count.first * 86_400_000, user: undefined });
    }
    return evidence;
  } finally {
    file.close();
  }
}
