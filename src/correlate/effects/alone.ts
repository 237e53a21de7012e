import type { Catalog } from "../../catalog/catalog.ts";
import type { Chain, Step, StepTest } from "../../catalog/chains/types.ts";
import { type Behaviour, USUAL } from "../../catalog/types.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { Event } from "../../model/event.ts";
import { capitalized } from "../../signals/text.ts";
import { Anchors } from "../chains/anchors.ts";
import { behaviourOf } from "../chains/own.ts";
import { clause } from "../chains/says.ts";
import { type Seen, seenAlone } from "../chains/seen.ts";
import { passes } from "../chains/test.ts";
import type { Site } from "../site/site.ts";
import { shownBy } from "./shown.ts";
import { Starters } from "./starters.ts";

const rank = ({ alone }: Chain) => USUAL.indexOf(alone ?? "routine");

interface Analytics {
  readonly anchors: Anchors;
  readonly starters: Starters;
}

const known = new WeakMap<Catalog, Analytics>();

/** The analytics of a catalogue that rest on one event, the gravest first. */
function analyticsOf(catalog: Catalog): Analytics {
  const made = known.get(catalog);
  if (made) return made;
  const chains = catalog.chains.filter(({ alone }) => alone).toSorted((one, other) => rank(other) - rank(one));
  const analytics = { anchors: new Anchors(chains), starters: new Starters(chains) };
  known.set(catalog, analytics);
  return analytics;
}

/** What an event was asked that it shows. */
const shownIn = (step: Step, seen: Seen, site: Site): StepTest | undefined =>
  step.tests.find((test) => passes(test, seen, { fromWeb: () => false, site, isNew: () => false }) !== undefined);

function titleOf({ steps }: Chain, { event, shown: path, target }: Seen): string {
  return capitalized(clause(steps[0]?.says ?? "", { path, target: target?.image, image: event.process.image }));
}

/**
 * The behaviour that an event tells of by itself, whichever program does it.
 * @param actor of a start the parent's file
 */
export function ofAlone(
  event: Event,
  catalog: Catalog,
  site: Site,
  actor: string | undefined,
): ResolvedBehaviour | undefined {
  const { anchors, starters } = analyticsOf(catalog);
  const isStart = event.kind === "processCreation";
  if (isStart && !starters.mayTell(event, actor)) return undefined;
  const seen = seenAlone(event, isStart ? actor : undefined);
  for (const chain of anchors.of(seen)) {
    const [step] = chain.steps;
    const asked = step && shownIn(step, seen, site);
    if (!asked) continue;
    const { alone = "uncommon" } = chain;
    const behaviour: Behaviour = { ...behaviourOf(chain), title: titleOf(chain, seen), usual: alone };
    return shownBy(event, behaviour, asked);
  }
  return undefined;
}
