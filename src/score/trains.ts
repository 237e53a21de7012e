import { classifyValue, isInstalled } from "../cmdline/normal/classify.ts";
import { reachOf } from "../cmdline/normal/reach.ts";
import type { Platform } from "../model/event.ts";
import { atLeast } from "../model/level.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import type { Judgement } from "./judgement.ts";

/** Whether only administrators can have put a payload where it lies: folders of installed software, and servers of the site. */
export function isGuarded(payload: Payload, platform: Platform, domain: string | undefined): boolean {
  const value = resolvedOf(payload);
  const { where } = classifyValue(value, platform);
  if (where === "web" || where === "share") return payload.remote && reachOf(value, domain) === "internal";
  return isInstalled(value, platform);
}

/**
 * Whether a start may teach what is normal. What is suspicious by itself may not, however often it comes: an attacker would only have to
 * be patient. The exception is what stops at medium and runs nothing but what administrators have put in place; the quarantine and
 * the number of hosts still hold for it.
 */
export function trains(judgement: Judgement, domain: string | undefined): boolean {
  const { scored, behaviour, invocation } = judgement;
  if (!atLeast(scored.level, "medium")) return true;
  if (atLeast(scored.level, "high") || behaviour.floor !== undefined) return false;
  const payloads = [...behaviour.runs, ...behaviour.fetches];
  return payloads.length > 0 && payloads.every((payload) => isGuarded(payload, invocation.binary.platform, domain));
}
