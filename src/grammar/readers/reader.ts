import type { Collector, Line } from "../types.ts";

/** Reads a line that no grammar describes. `parse` reads (a part of) it by the entry's grammar. Never throws; linear. */
export type Reader = (line: Line, out: Collector, parse: (line: Line) => void) => void;
