import type { LogSource } from "../source.ts";
import { shortcut } from "./shortcut.ts";

/** Artefacts at rest. */
export const sources: readonly LogSource[] = [shortcut];
