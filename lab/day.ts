import type { Activity } from "./ordinary/activity.ts";
import { ACTIVITIES } from "./ordinary/index.ts";
import { deploy } from "./ordinary/windows/deployment.ts";
import type { Plan } from "./plan.ts";
import type { Random } from "./random.ts";
import type { Day } from "./world/calendar.ts";
import type { LabEvent } from "./world/events.ts";
import type { Host } from "./world/fleet.ts";
import { Session } from "./world/session.ts";

/** Share of the usual activity on a day off, by kind of activity. */
const OFF_DAY = 0.03;

function times(activity: Activity, day: Day, noise: number, random: Random): number {
  if (activity.when === "patch" && !day.patching) return 0;
  const share = activity.when === "work" && !day.working ? OFF_DAY : 1;
  return random.poisson(activity.perDay * share * noise);
}

function hourOf(activity: Activity, host: Host, random: Random): number {
  const [from, to] = host.hours;
  if (activity.when === "night") return random.next() * 5.5;
  if (activity.when === "any") return 0.1 + random.next() * 23.3;
  return from + random.next() * (to - from);
}

/** Everything that happens on one host on one day, in order of time. Days are independent of one another. */
export function hostDay(host: Host, day: Day, random: Random, plan: Plan, noise: number): LabEvent[] {
  const session = new Session(host, day, random);
  for (const activity of ACTIVITIES) {
    if (!activity.roles.includes(host.role)) continue;
    for (let i = times(activity, day, noise, random); i > 0; i--) {
      session.at(hourOf(activity, host, random));
      activity.run(session);
    }
  }
  for (const { chain, number } of plan.chains.filter((c) => c.host === host && c.day === day.number)) {
    const own = random.derive("chain", number);
    session.at(host.hours[0] + own.next() * 8);
    session.act = { id: chain.id, number };
    chain.run(session);
    session.act = undefined;
  }
  for (const { product, day: on } of plan.rollouts) {
    if (on(host) !== day.number) continue;
    session.at(host.hours[0] + random.next() * 8);
    deploy(session, product);
  }
  for (const campaign of plan.campaigns) {
    for (let i = campaign.runs(host, day.number); i > 0; i--) {
      session.at(random.next() * 23);
      session.act = { id: `campaign/${campaign.kind}`, number: i };
      campaign.run(session);
      session.act = undefined;
    }
  }
  return session.events.sort((a, b) => a.time - b.time);
}
