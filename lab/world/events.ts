import type { Account } from "./fleet.ts";
import type { Program } from "./programs.ts";

/** A process as the lab knows it, whatever log shows it later. */
export interface Proc {
  /** Sysmon's ProcessGuid. */
  readonly guid: string;
  readonly pid: number;
  readonly program: Program;
  readonly commandLine: string;
  /** argv, on Linux. */
  readonly args?: readonly string[];
  readonly directory: string;
  readonly user: Account;
  readonly integrity: Integrity;
  readonly parent: Proc | undefined;
  /** Milliseconds since 1970. */
  readonly started: number;
}

export type Integrity = "Low" | "Medium" | "High" | "System";

/** What the labels say about an event; see lab/labels.ts. */
export interface Truth {
  readonly binary: string;
  readonly payload: string | null;
  readonly kind: "dll" | "exe" | "msi" | "inf" | "script" | "inline" | "process" | "url" | "xml";
  readonly remote?: boolean;
  readonly technique: string;
  readonly also?: readonly string[];
  readonly scope?: "core" | "adjacent";
  readonly outcome?: "executed" | "started" | "attempted" | "staged";
  readonly evidence?: string;
  readonly note: string;
  /** Events that follow from it, and processes whose command line merely holds it. */
  readonly related?: readonly LabEvent[];
  readonly wrappers?: readonly LabEvent[];
}

export interface Benign {
  readonly binary: string;
  readonly label: "benign" | "benign_probable";
  readonly reason: string;
}

/** Something that was injected: one run of a chain or of a campaign. */
export interface Act {
  /** A chain's id, or `campaign/burst`. */
  readonly id: string;
  /** Tells acts of one host's day apart. */
  readonly number: number;
}

interface Base {
  readonly time: number;
  readonly proc: Proc;
  truth?: Truth;
  benign?: Benign;
  /** The injected chain or campaign that it belongs to. */
  act?: Act;
}

export type LabEvent = Base &
  (
    | { readonly kind: "start" }
    | { readonly kind: "exit" }
    | { readonly kind: "load"; readonly module: Program }
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "stream"; readonly path: string; readonly contents: string }
    | {
        readonly kind: "net";
        readonly ip: string;
        readonly port: number;
        readonly hostname: string;
        readonly sourcePort: number;
      }
    | { readonly kind: "dns"; readonly query: string; readonly answer: string }
    | {
        readonly kind: "registry";
        readonly action: "SetValue" | "CreateKey";
        readonly path: string;
        readonly value: string;
      }
    | { readonly kind: "thread"; readonly target: Proc; readonly module: string; readonly fn: string }
    | { readonly kind: "script"; readonly text: string; readonly path: string }
    /** A shortcut at rest, found in a folder of the host. */
    | { readonly kind: "shortcut"; readonly path: string; readonly target: string; readonly args: string }
  );
