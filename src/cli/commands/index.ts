import type { Define } from "./define.ts";

export interface CommandInfo {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  /** What helps whose call was not understood, besides the help. */
  readonly hint?: string;
  /** Only the chosen command's module is loaded. */
  load(): Promise<{ readonly define: Define }>;
}

const FIND = "Find and understand:";
const KNOW = "Know what is normal:";
const PREVENT = "Prevent:";
const SET_UP = "Set up:";

/** All commands, in the order of the help. To add one, write its module and a line here. */
export const COMMANDS: readonly CommandInfo[] = [
  { name: "scan", group: FIND, summary: "find proxy execution in logs", load: () => import("./scan.ts") },
  {
    name: "explain",
    group: FIND,
    summary: "say what a command line really runs",
    hint: "put the command line in quotes, or -- before it",
    load: () => import("./explain.ts"),
  },
  { name: "catalog", group: FIND, summary: "list, show or check binaries", load: () => import("./catalog.ts") },
  {
    name: "discover",
    group: FIND,
    summary: "find proxies that the catalogue does not know",
    load: () => import("./discover.ts"),
  },
  { name: "learn", group: KNOW, summary: "learn from logs what is normal here", load: () => import("./learn.ts") },
  {
    name: "baseline",
    group: KNOW,
    summary: "show, merge, compare, prune, export or verify what was learnt",
    load: () => import("./baseline.ts"),
  },
  {
    name: "tune",
    group: KNOW,
    summary: "propose allow-list entries from recurring findings",
    load: () => import("./tune.ts"),
  },
  {
    name: "feedback",
    group: KNOW,
    summary: "say whether a finding was true",
    load: () => import("./feedback.ts"),
  },
  {
    name: "harden",
    group: PREVENT,
    summary: "plan measures from how programs are used, as policies",
    load: () => import("./harden.ts"),
  },
  {
    name: "simulate",
    group: PREVENT,
    summary: "replay policies on logs: what they stop, and whom",
    load: () => import("./simulate.ts"),
  },
  { name: "coverage", group: SET_UP, summary: "say what logs let one see", load: () => import("./coverage.ts") },
  { name: "formats", group: SET_UP, summary: "list the log formats that are read", load: () => import("./formats.ts") },
  {
    name: "config",
    group: SET_UP,
    summary: "show settings and where they come from",
    load: () => import("./config.ts"),
  },
];
