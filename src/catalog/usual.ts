import type { Usual } from "./types.ts";

/** How ordinary a behaviour is, as the end of “Carries out commands: …”. */
export const USUAL: Readonly<Record<Usual, string>> = {
  routine: "everyday work",
  common: "common in ordinary work",
  uncommon: "uncommon in ordinary work",
  rare: "rare in ordinary work",
  hostile: "no ordinary use is known",
};
