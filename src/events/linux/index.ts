import type { LogSource } from "../source.ts";
import { audit } from "./audit.ts";

/** Log sources of Linux. */
export const sources: readonly LogSource[] = [audit];
