import { entryIdOf, shortIdOf } from "../../model/behaviour-id.ts";
import { fitsHashes, type Group, MAX_LISTED } from "./recurring.ts";

/** An entry as it is written into an allow-list. */
export type Draft = Readonly<Record<string, string | readonly string[]>>;

const listed = (set: ReadonlySet<string>): readonly string[] | undefined =>
  set.size > 0 && set.size <= MAX_LISTED && !set.has("") ? [...set].sort() : undefined;

/** The narrowest entry that answers for all findings of a group: what was always the same is a fact of it. */
export function draftOf(group: Group, id: string, expires: string): Draft | undefined {
  const { behaviour, directory, signer, open, sha256, parents, hosts, users } = group;
  const byHash = signer === undefined && open && fitsHashes(group);
  if (directory === undefined && signer === undefined && !byHash && parents.size !== 1) return undefined;
  if (open && signer === undefined && !byHash) return undefined;
  const [parent] = parents.size === 1 ? [...parents] : [];
  const [onHosts, byUsers] = [listed(hosts), listed(users)];
  return {
    id,
    binary: entryIdOf(behaviour),
    behaviour: shortIdOf(behaviour),
    ...(byHash && { sha256: [...sha256].sort() }),
    ...(signer !== undefined && { signer }),
    ...(directory !== undefined && { directory }),
    ...(parent && { parent }),
    ...(onHosts && { hosts: onHosts }),
    ...(byUsers && { users: byUsers }),
    expires,
  };
}
