import type { CatalogEntry } from "./types.ts";

/**
 * Whether an entry stands for something that has no file of its own: a word of a shell or debugger, which acts as the program that reads
 * it, or programs that lie in memory.
 */
export const isWithoutFile = ({ category, homes, packages, platform }: CatalogEntry): boolean =>
  homes.length === 0 && packages.length === 0 && (category === "shell" || platform === "linux");
