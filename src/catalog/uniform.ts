import type { AllOf } from "../model/shape.ts";
import type { Behaviour, CatalogEntry } from "./types.ts";

/**
 * An entry as all others are: with all fields that there are. As they are read from JSON, those that lack some have shapes of their own,
 * and what reads entries of many shapes is slow.
 */
export function uniformEntry(entry: CatalogEntry): CatalogEntry {
  const {
    id,
    name,
    aliases,
    originalNames,
    platform,
    like,
    category,
    multicall,
    homes,
    packages,
    signer,
    purpose,
    needed,
  } = entry;
  const { grammar, knownBy, words, normal, mitigations, references, libraries, awaits, prints } = entry;
  const behaviours = entry.behaviours.map(uniformBehaviour);
  // biome-ignore format: as the fields above
  return { id, name, aliases, originalNames, platform, like, category, multicall, homes, packages, signer, purpose, needed, grammar, knownBy, words, behaviours, normal, mitigations, references, libraries, awaits, prints } satisfies AllOf<CatalogEntry> as CatalogEntry;
}

function uniformBehaviour(behaviour: Behaviour): Behaviour {
  const { id, title, category, when, bindings, techniques, usual, floor } = behaviour;
  const { confirmedBy, wrapper, opensShells, rights, library, graver } = behaviour;
  // biome-ignore format: as the fields above
  return { id, title, category, when, bindings, techniques, usual, floor, confirmedBy, wrapper, opensShells, rights, library, graver } satisfies AllOf<Behaviour> as Behaviour;
}
