import type { Catalog } from "../../catalog/catalog.ts";
import type { Chain } from "../../catalog/chains/types.ts";
import type { Behaviour } from "../../catalog/types.ts";
import { identify } from "../../invocations/identify/identify.ts";
import { namedPayload } from "../../invocations/payloads/payload.ts";
import type { Resolution, ResolvedInvocation } from "../../invocations/types.ts";
import type { EventKind } from "../../model/event.ts";
import type { PayloadWhat } from "../../model/payload.ts";

/** The act of a chain as a behaviour, for a finding that no invocation carries. */
export function behaviourOf(chain: Chain): Behaviour {
  return {
    id: `${chain.platform}/chains/${chain.id.toLowerCase().replace("/", "-")}`,
    title: chain.title,
    category: "execute",
    when: [],
    bindings: [],
    techniques: chain.techniques,
    usual: "uncommon",
    confirmedBy: [],
    wrapper: false,
  };
}

/** Who acts, what it ran, and what kind of event says so. */
export interface Act {
  readonly image: string | undefined;
  readonly path: string | undefined;
  readonly from: EventKind | undefined;
}

const WHAT: Partial<Record<EventKind, PayloadWhat>> = { processCreation: "executable", moduleLoad: "library" };

/** What a completed chain says of a program that the catalogue had nothing to say about. */
export function ofChain(chain: Chain, { image, path, from }: Act, catalog: Catalog): Resolution {
  const behaviour = behaviourOf(chain);
  const { platform } = chain;
  const { binary, entry } = identify(catalog, { program: undefined, image, originalFileName: undefined }, platform);
  const runs = path === undefined ? [] : [namedPayload(path, { what: (from && WHAT[from]) ?? "auto" }, { platform })];
  const { id, techniques } = behaviour;
  const invocation: ResolvedInvocation = {
    binary,
    entry,
    canonical: binary.name,
    behaviours: [{ id, techniques, runs, fetches: [], reads: [], writes: [], behaviour }],
    normal: [],
    obfuscation: [],
    arguments: 0,
    depth: 0,
    awaits: false,
  };
  return { request: { platform, ...(image !== undefined && { image }) }, platform, invocations: [invocation] };
}
