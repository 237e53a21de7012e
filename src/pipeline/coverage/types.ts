import type { Platform } from "../../model/event.ts";
import type { InputSummary } from "../../outputs/summary.ts";
import type { Cleared } from "./cleared.ts";

/** A data component as ATT&CK's analytics of T1218 name them. */
export type Component =
  | "Process Creation"
  | "Process Access"
  | "Module Load"
  | "Network Connection Creation"
  | "Windows Registry Key Modification"
  | "Windows Registry Key Creation"
  | "Command Execution"
  | "File Creation"
  | "OS API Execution";

/** Something that makes a data component visible, with the exact text that enables it. */
export interface Setting {
  readonly name: string;
  /** What the text is: a rule of a Sysmon configuration, a command, a line of a file. */
  readonly where: string;
  readonly text: string;
}

/**
 * `someHosts`: other hosts of the platform show nothing of it. `noCommandLines`: starts are logged without the field that
 * tells most. `unseen`: the logs hold no host of this platform. `unknown`: what is read of it was picked by a detector, which may
 * have left out all of this.
 */
export type Visibility = "visible" | "someHosts" | "noCommandLines" | "missing" | "unseen" | "unknown";

/** Statuses that say nothing of what is logged. */
export const saysNothing = (status: Visibility): boolean => status === "unseen" || status === "unknown";

export interface ComponentCoverage {
  readonly component: Component;
  readonly status: Visibility;
  readonly events: number;
  /** Hosts that show it, and hosts of the platform. */
  readonly hosts: number;
  readonly ofHosts: number;
  /** Events by log source, such as `Microsoft-Windows-Sysmon 7`. */
  readonly sources: Readonly<Record<string, number>>;
  /** What would make it visible; empty where it is. */
  readonly settings: readonly Setting[];
}

export interface AnalyticCoverage {
  /** ATT&CK ids of the analytic and its detection strategy. */
  readonly analytic: string;
  readonly strategy: string;
  readonly platform: Platform;
  readonly components: readonly ComponentCoverage[];
}

export interface TechniqueCoverage {
  readonly technique: string;
  readonly name: string;
  /** Names of the catalogue's binaries that show this technique. */
  readonly binaries: readonly string[];
  /** Starts of these binaries in the logs. */
  readonly starts: number;
  readonly analytics: readonly AnalyticCoverage[];
  /** Share of data components and hosts that show them, in percent, over platforms that the logs hold; absent where they hold none. */
  readonly score?: number;
}

/** A stretch without any event of a host. RFC 3339. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly hours: number;
}

export interface HostCoverage {
  /** Empty where the records name no host. */
  readonly host: string;
  readonly platforms: readonly Platform[];
  readonly events: number;
  readonly from?: string;
  readonly to?: string;
  /** Events without a time, or with one that cannot be. */
  readonly undated: number;
  /** The longest gaps, at most ten. */
  readonly gaps: readonly Gap[];
  readonly components: Readonly<Partial<Record<Component, number>>>;
}

/** What is not visible on a platform that the logs hold, for all techniques together. */
export interface Advice {
  readonly platform: Platform;
  readonly component: Component;
  readonly status: Visibility;
  /** Hosts of the platform that do not show it: their number, and the first names. */
  readonly lackingHosts: number;
  readonly lacking: readonly string[];
  /** Techniques whose analytics need it. */
  readonly techniques: readonly string[];
  /** Rules name the binaries of the sub-techniques; those of T1218 itself stand with the technique. */
  readonly settings: readonly Setting[];
}

/** Events that are a detector's matches: timelines and lists of alerts are no logs, and what is not in them may have happened. */
interface Picked {
  readonly by: string;
  readonly events: number;
}

/** The contract `whatran/coverage/1`. */
export interface Coverage {
  readonly schema: "whatran/coverage/1";
  readonly version: string;
  readonly catalog: string;
  readonly inputs: readonly InputSummary[];
  readonly records: number;
  readonly damaged: number;
  readonly events: number;
  readonly hosts: readonly HostCoverage[];
  /** Hosts beyond those that are listed. */
  readonly moreHosts: number;
  readonly picked: readonly Picked[];
  /** Logs that somebody emptied, in the order of time; at most a thousand. */
  readonly cleared: readonly Cleared[];
  readonly components: readonly {
    readonly component: Component;
    readonly id: string;
    readonly events: number;
    readonly sources: Readonly<Record<string, number>>;
  }[];
  readonly techniques: readonly TechniqueCoverage[];
  readonly advice: readonly Advice[];
}
