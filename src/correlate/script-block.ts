import type { Event } from "../model/event.ts";
import { atLeast } from "../model/level.ts";
import type { Judgement } from "../score/judgement.ts";
import type { Host } from "./host.ts";
import { relate } from "./pending.ts";
import { relatedTo, sourceOf } from "./refs.ts";
import { actorOf } from "./starts.ts";

/** The engine of PowerShell logs a command in up to three ways, so close to each other, in milliseconds. */
const ONE_ACT = 10_000;

/**
 * Whether a script block tells of an act of its own. It is its own shell: what it goes on to run is of interest, and of what it does
 * itself what is more than scripts do every day. Once, however many of the engine's events say so; where the shell's own line says as
 * much, it is that finding's.
 */
export function isOwnAct(host: Host, event: Event, { behaviour, scored }: Judgement): boolean {
  if (behaviour.behaviour.usual === "routine" || !atLeast(scored.level, "low")) return false;
  const told = ({ runs: [run], writes: [write] }: Judgement["behaviour"]) => (run ?? write)?.value;
  const waiting = host.places.of("commandExecution");
  const other = waiting.find(
    ({ dropped, subject: { time }, judgement: { behaviour: one } }) =>
      !dropped &&
      one.id === behaviour.id &&
      told(one) === told(behaviour) &&
      Math.abs((time ?? 0) - (event.time ?? 0)) <= ONE_ACT,
  );
  // The shell's own line may say as much: where it says less, what the block does is told of.
  const shell = actorOf(host, event)?.pending;
  const pending = other ?? (shell && shell.judgement.scored.score >= scored.score ? shell : undefined);
  if (pending && !pending.dropped) {
    relate(pending, relatedTo(sourceOf(event), other ? "same" : "evidence"));
    return false;
  }
  return host.isFirst(`block|${event.process.pid}|${behaviour.id}|${told(behaviour)}`);
}
