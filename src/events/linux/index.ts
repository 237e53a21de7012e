import type { LogSource } from "../source.ts";
import { audit } from "./audit.ts";
import { falco } from "./falco.ts";
import { osquery } from "./osquery.ts";
import { tetragon } from "./tetragon.ts";

/** Log sources of Linux, and osquery, which is at home there and runs elsewhere too. */
export const sources: readonly LogSource[] = [audit, falco, tetragon, osquery];
