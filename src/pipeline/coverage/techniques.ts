import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import type { Platform } from "../../model/event.ts";
import { techniqueName } from "../../outputs/attack.ts";
import facts from "./analytics.json" with { type: "json" };
import type { ComponentTally, Seen } from "./components.ts";
import { settingsFor } from "./settings.ts";
import {
  type Advice,
  type AnalyticCoverage,
  type Component,
  type ComponentCoverage,
  saysNothing,
  type TechniqueCoverage,
  type Visibility,
} from "./types.ts";

/** Names in one Sysmon rule; the catalogue's parent technique has more binaries than anybody would list. */
const MAX_IN_RULE = 200;

/** Hosts that lack a component and are named. */
const NAMED_HOSTS = 10;

type Analytic = (typeof facts.analytics)[number];

/** Ids of the data components, as ATT&CK numbers them. */
export const COMPONENT_IDS = facts.components as Readonly<Record<Component, string>>;

/** Techniques of the catalogue that are T1218 or below it, and those of the analytics; in order. */
function techniquesOf(catalog: Catalog): readonly string[] {
  const named = catalog.entries.flatMap(({ behaviours }) => behaviours.flatMap(({ techniques }) => techniques));
  const all = new Set([
    ...named.filter((id) => /^T1218(?:\.\d{3})?$/.test(id)),
    ...facts.analytics.map((one) => one.technique),
  ]);
  return [...all].sort();
}

/** Entries with a behaviour that shows one of the techniques. */
function showing(techniques: readonly string[], { entries }: Catalog): readonly CatalogEntry[] {
  return entries.filter(({ behaviours }) =>
    behaviours.some((one) => one.techniques.some((id) => techniques.includes(id))),
  );
}

function binariesOf(technique: string, catalog: Catalog): readonly string[] {
  return [...new Set(showing([technique], catalog).map(({ name }) => name))].sort();
}

/** Files that log sources name: programs, by all their names; scripts run in the image of another. The entries' own names come first. */
function imagesOf(techniques: readonly string[], platform: Platform, catalog: Catalog): readonly string[] {
  const entries = showing(techniques, catalog).filter((entry) => entry.platform === platform);
  const names = entries.map(({ name }) => name).sort();
  const images = [...names, ...entries.flatMap(({ aliases }) => aliases).sort()].filter(
    (name) => platform !== "windows" || /\.(?:exe|com)$/i.test(name),
  );
  return [...new Set(images)].slice(0, MAX_IN_RULE);
}

function componentCoverage(
  { technique, platform }: Analytic,
  component: Component,
  tally: ComponentTally,
  catalog: Catalog,
): ComponentCoverage {
  const where = platform as Platform;
  const seen = tally.of(where, component);
  const ofHosts = tally.hosts(where).size;
  const status = statusOf(seen, ofHosts, tally.hasLogs(where));
  const images = imagesOf([technique], where, catalog);
  return {
    component,
    status,
    events: seen?.events ?? 0,
    hosts: seen?.whole.size ?? 0,
    ofHosts,
    sources: Object.fromEntries(seen?.sources ?? []),
    settings:
      status === "visible" || status === "unknown"
        ? []
        : settingsFor(where, component, images, status === "noCommandLines", tally.products(where)),
  };
}

function statusOf(seen: Seen | undefined, ofHosts: number, hasLogs: boolean): Visibility {
  if (ofHosts === 0) return "unseen";
  if (!seen) return hasLogs ? "missing" : "unknown";
  if (seen.whole.size === 0) return "noCommandLines";
  if (seen.whole.size === ofHosts) return "visible";
  return hasLogs ? "someHosts" : "unknown";
}

/** Every component counts the share of hosts that show it; starts without command lines count half. Of what is unknown that is the least. */
function scoreOf(analytics: readonly AnalyticCoverage[]): number | undefined {
  const parts = analytics.flatMap(({ components }) => components).filter(({ status }) => status !== "unseen");
  if (parts.length === 0) return undefined;
  const worth = (part: ComponentCoverage) => (part.status === "noCommandLines" ? 0.5 : part.hosts / part.ofHosts);
  return Math.round((100 * parts.reduce((sum, part) => sum + worth(part), 0)) / parts.length);
}

/** What is visible of each technique. `starts` counts the starts of each catalogued binary by its name. */
export function techniqueCoverage(
  catalog: Catalog,
  tally: ComponentTally,
  starts: ReadonlyMap<string, number>,
): readonly TechniqueCoverage[] {
  return techniquesOf(catalog).map((technique) => {
    const analytics = facts.analytics
      .filter((one) => one.technique === technique)
      .map((one) => ({
        analytic: one.id,
        strategy: one.strategy,
        platform: one.platform as Platform,
        components: (one.components as Component[]).map((component) =>
          componentCoverage(one, component, tally, catalog),
        ),
      }));
    const binaries = binariesOf(technique, catalog);
    const score = scoreOf(analytics);
    return {
      technique,
      name: techniqueName(technique) ?? technique,
      binaries,
      starts: binaries.reduce((sum, name) => sum + (starts.get(name) ?? 0), 0),
      analytics,
      ...(score !== undefined && { score }),
    };
  });
}

/** What would show more, each component once a platform, in the order of the analytics. */
export function adviceOf(
  techniques: readonly TechniqueCoverage[],
  catalog: Catalog,
  tally: ComponentTally,
): readonly Advice[] {
  const wanted = new Map<string, { platform: Platform; component: Component; status: Visibility; ids: string[] }>();
  for (const { technique, analytics } of techniques) {
    for (const { platform, components } of analytics) {
      for (const { component, status } of components) {
        if (status === "visible" || saysNothing(status)) continue;
        const key = `${platform} ${component}`;
        const one = wanted.get(key) ?? { platform, component, status, ids: [] };
        one.ids.push(technique);
        wanted.set(key, one);
      }
    }
  }
  return [...wanted.values()].map(({ platform, component, status, ids }) => {
    const subs = ids.filter((id) => id.includes("."));
    const images = imagesOf(subs.length > 0 ? subs : ids, platform, catalog);
    const shown = tally.of(platform, component)?.whole;
    const lacking = [...tally.hosts(platform)].filter((host) => !shown?.has(host)).sort();
    return {
      platform,
      component,
      status,
      lackingHosts: lacking.length,
      lacking: lacking.slice(0, NAMED_HOSTS),
      techniques: ids,
      settings: settingsFor(platform, component, images, status === "noCommandLines", tally.products(platform)),
    };
  });
}
