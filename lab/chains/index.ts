import type { Chain } from "./chain.ts";
import { linux } from "./linux/linux.ts";
import { more } from "./linux/more.ts";
import { adjacent } from "./windows/adjacent.ts";
import { documents } from "./windows/documents.ts";
import { hosting, installing } from "./windows/installing.ts";
import { panels } from "./windows/panels.ts";
import { parentTechnique } from "./windows/parent.ts";
import { registering } from "./windows/registering.ts";
import { rundll32 } from "./windows/rundll32.ts";

export const CHAINS: readonly Chain[] = [
  ...documents,
  ...panels,
  ...registering,
  ...installing,
  ...hosting,
  ...rundll32,
  ...parentTechnique,
  ...adjacent,
  ...linux,
  ...more,
];
