import { identity } from "../../cmdline/normal/identity.ts";
import type { Event } from "../../model/event.ts";
import { isFile, isSigned, payloadsOf } from "../facts/fact.ts";
import type { Pending } from "../pending.ts";

/** Files of one finding whose seals are kept. */
const MAX_SEALS = 16;

/** Notes hash and signer of a payload where it is loaded, or started as a child. */
export function noteSeal(pending: Pending, event: Event): void {
  if (event.kind !== "moduleLoad" && event.kind !== "processCreation") return;
  const file = event.kind === "moduleLoad" ? event.module : event.image;
  if (file === undefined) return;
  const sha256 = /\bSHA256=([0-9a-f]{64})\b/i.exec(event.hashes ?? "")?.[1]?.toLowerCase();
  const signer = isSigned(event.signature) === true ? event.signature?.signer?.toLowerCase() : undefined;
  if (sha256 === undefined && signer === undefined) return;
  if (!payloadsOf(pending).some((payload) => isFile(payload, file))) return;
  const path = identity(file, event.platform);
  const seals = pending.seals ?? [];
  if (seals.length >= MAX_SEALS || seals.some((seal) => seal.path === path)) return;
  pending.seals = [
    ...seals,
    { path, ...(sha256 !== undefined && { sha256 }), ...(signer !== undefined && { signer }) },
  ];
}
