import type { Level } from "./level.ts";

/** A process of a case, with those that it started. */
export interface CaseProcess {
  /** Path of its program; absent where the log does not name it. */
  readonly image?: string;
  readonly commandLine?: string;
  /** RFC 3339, UTC, milliseconds. */
  readonly time?: string;
  /** Ids of the findings on this process. */
  readonly findings?: readonly string[];
  readonly children?: readonly CaseProcess[];
}

/** Another case that has a payload or a way of calling in common. */
export interface CaseLink {
  readonly id: string;
  readonly host?: string;
  readonly by: "payload" | "template";
  readonly value: string;
}

/** The output contract `whatran/case/1`: findings of one intrusion on one host. */
export interface Case {
  readonly schema: "whatran/case/1";
  /** Hash of the host and of its first finding's id. */
  readonly id: string;
  readonly host?: string;
  /** Times of the first and the last finding; RFC 3339, UTC, milliseconds. */
  readonly start?: string;
  readonly end?: string;
  /** That of the gravest finding. */
  readonly level: Level;
  readonly score: number;
  readonly title: string;
  /** What happened, in sentences. */
  readonly text: string;
  readonly techniques: readonly string[];
  readonly tree: readonly CaseProcess[];
  /** Ids, in the order of time. */
  readonly findings: readonly string[];
  readonly linked: readonly CaseLink[];
  /** Which rules of which products would have stopped its findings, a line each, those that stop most first. */
  readonly cures?: readonly string[];
}
