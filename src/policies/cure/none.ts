import type { CatalogEntry } from "../../catalog/types.ts";
import { isWithoutFile } from "../../catalog/word.ts";

/** Why no rule of the products here would have stopped a program’s act, where none is found. */
export function noCure(entry: CatalogEntry): string {
  const { name, needed, behaviours } = entry;
  if (isWithoutFile(entry)) return `nothing here: ${name} has no file of its own that a rule could name`;
  if (needed === "system") return `nothing here: Windows needs ${name}, and no product asks what it is told to do`;
  if (needed !== "absent" && behaviours.some(({ usual }) => usual === "routine"))
    return `nothing here: people need ${name} every day, and no product asks what it is told to do`;
  return `nothing here: no product asks for what tells this act of ${name} apart; where nobody needs the program, it can go`;
}
