import { identity } from "../cmdline/normal/identity.ts";
import { baseName } from "../invocations/glob.ts";
import type { Event, ModuleLoad, NetworkConnection } from "../model/event.ts";
import type { Payload } from "../model/payload.ts";
import { weightOf } from "../score/score.ts";
import { shown } from "../signals/text.ts";
import type { Host, Written } from "./host.ts";
import type { Corroboration, Pending } from "./pending.ts";
import { sourceOf } from "./refs.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How long each kind of fact counts after the start of the process. */
const WITHIN = { module: MINUTE, network: 10 * MINUTE, child: 5 * MINUTE };

function same(payload: Payload, path: string): boolean {
  const wanted = identity(payload.resolved ?? payload.value, "windows");
  const found = identity(path, "windows");
  // A name without a folder is found along the search path: its base name is all that the line said.
  return wanted === found || (!/[\\/]/.test(wanted) && baseName(found) === wanted);
}

function payloadsOf(pending: Pending): readonly Payload[] {
  return pending.judgement.invocation.behaviours.flatMap((behaviour) => behaviour.runs);
}

const after = (pending: Pending, event: Event): number | undefined =>
  pending.subject.time === undefined || event.time === undefined ? undefined : event.time - pending.subject.time;

function corroboration(id: string, group: string, text: string, event: Event): Corroboration {
  return { id, group, weight: weightOf(id), text, kind: event.kind, sources: [sourceOf(event)] };
}

function fromModule(pending: Pending, event: ModuleLoad): Corroboration | undefined {
  const { module, signature } = event;
  if (module === undefined || (after(pending, event) ?? 0) > WITHIN.module) return undefined;
  if (!payloadsOf(pending).some((payload) => same(payload, module))) return undefined;
  const unsigned =
    signature?.signed === false || (signature?.status !== undefined && !/^valid$/i.test(signature.status));
  return unsigned
    ? corroboration(
        "payload-loaded-unsigned",
        "load",
        `The payload ${shown(module)} was loaded, and it is not validly signed.`,
        event,
      )
    : corroboration("payload-loaded", "load", `The payload ${shown(module)} was loaded.`, event);
}

/** Addresses that do not leave the site: private, loopback, link-local, multicast. */
const INTERNAL =
  /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|22[4-9]\.|23\d\.|255\.|0\.|::1$|fe80:|f[cd]|ff)/i;

function fromNetwork(pending: Pending, event: NetworkConnection): Corroboration | undefined {
  if ((after(pending, event) ?? 0) > WITHIN.network) return undefined;
  const where = event.destinationHost ?? event.query ?? event.destinationIp;
  if (event.initiated === false || where === undefined) return undefined;
  if (event.destinationIp !== undefined && INTERNAL.test(event.destinationIp)) return undefined;
  return corroboration("external-connection", "network", `It then reached out to ${shown(where)}.`, event);
}

/** What an event of the process itself adds to its pending finding. */
export function corroborate(pending: Pending, event: Event): Corroboration | undefined {
  if (event.kind === "moduleLoad") return fromModule(pending, event);
  if (event.kind === "networkConnection") return fromNetwork(pending, event);
  return undefined;
}

/** A payload that another process left behind shortly before. */
export function fromDrop(pending: Pending, host: Host): Corroboration | undefined {
  const { time, key } = pending.subject;
  if (time === undefined) return undefined;
  for (const payload of payloadsOf(pending)) {
    const written: Written | undefined = host.files.get(identity(payload.resolved ?? payload.value, "windows"));
    if (!written || written.byKey === key || written.time > time || time - written.time > 10 * MINUTE) continue;
    const seconds = Math.round((time - written.time) / SECOND);
    const by = written.by === undefined ? "another process" : shown(baseName(written.by));
    const text = `${shown(payload.value)} was written ${seconds} s earlier by ${by}.`;
    return {
      id: "payload-dropped",
      group: "drop",
      weight: weightOf("payload-dropped"),
      text,
      kind: "fileCreation",
      sources: [written.source],
    };
  }
  return undefined;
}
