import { type Campaign, type CampaignKind, createCampaign } from "./campaigns.ts";
import type { Chain } from "./chains/chain.ts";
import { CHAINS } from "./chains/index.ts";
import type { Random } from "./random.ts";
import { dayAt } from "./world/calendar.ts";
import { type Host, isLinux } from "./world/fleet.ts";
import { type Product, rolledOut } from "./world/products.ts";

/** One chain at one time on one host. */
interface Planned {
  readonly host: Host;
  readonly day: number;
  readonly chain: Chain;
  /** Tells runs of the same chain apart. */
  readonly number: number;
}

/** New software, and on which day which host gets it. */
interface Rollout {
  readonly product: Product;
  day(host: Host): number | undefined;
}

/** Everything that is decided before the first event. */
export interface Plan {
  readonly chains: readonly Planned[];
  readonly campaigns: readonly Campaign[];
  readonly rollouts: readonly Rollout[];
}

export interface PlanOptions {
  readonly firstDay: number;
  readonly days: number;
  readonly chains: number;
  readonly campaigns: readonly CampaignKind[];
  readonly rollouts: number;
}

/** Chains that a small run should not do without come first: every technique once, then the rest. */
function ordered(random: Random, count: number): Chain[] {
  const shuffled = random.sample(CHAINS, CHAINS.length);
  const seen = new Set<string>();
  const isNew = (chain: Chain): boolean => {
    const technique = chain.id.split("/")[0] ?? "";
    if (seen.has(technique)) return false;
    seen.add(technique);
    return true;
  };
  const first = shuffled.filter(isNew);
  const all = [...first, ...shuffled.filter((chain) => !first.includes(chain))];
  return Array.from({ length: count }, (_, i) => (i < all.length ? (all[i] as Chain) : random.pick(CHAINS)));
}

/** Two hosts in five see an attack; of each platform at least one does, and where there are two, one does not. */
function attacked(random: Random, hosts: readonly Host[]): Host[] {
  const some = (group: readonly Host[]) => random.sample(group, Math.max(1, Math.floor(group.length * 0.4)));
  return [...some(hosts.filter((h) => !isLinux(h.role))), ...some(hosts.filter((h) => isLinux(h.role)))];
}

export function makePlan(random: Random, fleet: readonly Host[], options: PlanOptions): Plan {
  const victims = attacked(random.derive("victims"), fleet);
  const own = random.derive("chains");
  const working = Array.from({ length: options.days }, (_, i) => i).filter((i) => dayAt(options.firstDay, i).working);
  const chains = ordered(own, options.chains).flatMap((chain, number) => {
    const fits = victims.filter(
      (h) => isLinux(h.role) === (chain.platform === "linux") && (chain.roles?.includes(h.role) ?? true),
    );
    if (fits.length === 0) return [];
    return [{ host: own.pick(fits), day: working.length > 0 ? own.pick(working) : 0, chain, number }];
  });
  const rollouts = Array.from({ length: options.rollouts }, (_, i) =>
    rollout(random.derive("rollout", i), options.days),
  );
  const campaigns = options.campaigns.map((kind) =>
    createCampaign(kind, random.derive("campaign", kind), fleet, options.days),
  );
  return { chains, campaigns, rollouts };
}

/** Six hosts in ten get it within three days. */
function rollout(random: Random, days: number): Rollout {
  const start = random.int(Math.floor(days / 3), Math.max(Math.floor(days / 3), days - 3));
  return {
    product: rolledOut(random),
    day(host) {
      const own = random.derive(host.name);
      return own.chance(0.6) && !isLinux(host.role) ? start + own.int(0, 2) : undefined;
    },
  };
}
