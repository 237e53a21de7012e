/** Ids of behaviours: `windows/rundll32/control-panel` is `control-panel` of the entry `windows/rundll32`. */

/** The id of the entry that a behaviour belongs to. */
export const entryIdOf = (behaviour: string): string => behaviour.slice(0, behaviour.lastIndexOf("/"));

/** What a behaviour is called within its entry. */
export const shortIdOf = (behaviour: string): string => behaviour.slice(behaviour.lastIndexOf("/") + 1);
