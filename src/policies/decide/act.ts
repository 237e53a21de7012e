import type { Platform } from "../../model/event.ts";
import type { Operation } from "../model.ts";

/** What is known of a file. Undefined: the log does not say; an empty text: it says that there is none. */
export interface FileFacts {
  readonly path?: string | undefined;
  readonly originalName?: string | undefined;
  readonly version?: string | undefined;
  readonly publisher?: string | undefined;
  /** Name and family of the package that a packaged app is of. */
  readonly product?: string | undefined;
  readonly packageFamily?: string | undefined;
  readonly signed?: boolean | undefined;
  /** As logged, such as `SHA256=…,IMPHASH=…`. */
  readonly hashes?: string | undefined;
  /** Short name of the service that the process hosts, where its command line says so. */
  readonly service?: string | undefined;
  /** Path of the program that started the process which this is the file of. */
  readonly startedBy?: string | undefined;
}

/** One act of a process, as a policy is asked about it. */
export interface Act {
  readonly on: Operation;
  /** Absent: it might be any. */
  readonly platform?: Platform;
  readonly subject: FileFacts;
  readonly object: FileFacts;
  /** As the log names the user who acts. */
  readonly user?: string | undefined;
  /** Whether the process has administrative rights; undefined where the log does not say. */
  readonly elevated?: boolean | undefined;
  readonly peer?: {
    readonly address?: string | undefined;
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly protocol?: string | undefined;
    readonly inbound?: boolean | undefined;
  };
  /** True where the act follows from a command line and was not logged itself. */
  readonly foreseen?: boolean;
}

export type Answer = "block" | "audit" | "allow" | "undecided";

export interface Decision {
  readonly decision: Answer;
  /** Id of the rule; empty where none but the default decides. */
  readonly rule: string;
  readonly reason: string;
  /** Of an undecided one: what is not known, without the rule that asks for it. */
  readonly missing?: string;
}

/** What stands above what, where several rule on one act: one block stops it, whoever allows it. */
const STRENGTH: Readonly<Record<Answer, number>> = { allow: 0, audit: 1, undecided: 2, block: 3 };

/** The stronger of two decisions, the first where they are alike. */
export function stronger(a: Decision | undefined, b: Decision | undefined): Decision | undefined {
  return !a || (b && STRENGTH[b.decision] > STRENGTH[a.decision]) ? b : a;
}
