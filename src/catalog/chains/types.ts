import type { EventKind, Platform } from "../../model/event.ts";

/** How a step belongs to an earlier one. */
export type Join =
  /** The same process does it. */
  | "process"
  /** A child of that process. */
  | "child"
  /** Another child of the process that started that one: what one script, or one shell, did in turn. */
  | "sibling"
  /** The process that the other step acted upon does it. */
  | "target"
  /** Both name the same file: payload, module, image or file written. */
  | "file"
  /** The file lies in the folder of the other step's program, or below it. */
  | "folder"
  /** The registry value decides what the other step runs. */
  | "registry"
  /** Only the host and the time tell that they belong together; for a step before the anchor that is telling by itself. */
  | "host";

/** What an event must show to be a step; all that are given must hold. Names and globs are in lower case. */
export interface StepTest {
  /** Names of the acting process's file. */
  readonly image?: readonly string[];
  readonly notImage?: readonly string[];
  /** Catalogue names such as `mavinject.exe`, whatever the file is called. */
  readonly binary?: readonly string[];
  /** Globs on behaviours such as `windows/mavinject/*`. */
  readonly behaviour?: readonly string[];
  /** Roles that a payload must have, and what holds of any one payload then. */
  readonly parent?: readonly string[];
  readonly notParent?: readonly string[];
  /** Globs on the path: of payloads, module, file, registry key, or the far end of a connection. */
  readonly path?: readonly string[];
  readonly notPath?: readonly string[];
  /** Extensions with their dot; "" is none. */
  readonly extension?: readonly string[];
  /** Directory classes of src/cmdline/normal/directories.ts. */
  readonly place?: readonly string[];
  /** Whether the path lies in a folder of the system or of installed software that only administrators write to. */
  readonly trusted?: boolean;
  readonly remote?: boolean;
  /** Undefined signatures are neither. */
  readonly signed?: boolean;
  /** Globs on a registry value, or on the command line of a process start. */
  readonly value?: readonly string[];
  readonly notValue?: readonly string[];
  readonly target?: readonly string[];
  readonly notTarget?: readonly string[];
  readonly api?: readonly string[];
  /** Rights that must all be in the access mask. */
  readonly access?: number;
  /** Access masks as logged that are none. */
  readonly notAccess?: readonly string[];
  /** How far the acting program is trusted for its place: `system`, `installed`, or `stray` where no program is at home. */
  readonly trust?: readonly string[];
  /** Globs on who made a module, as its version information says. */
  readonly company?: readonly string[];
  readonly notCompany?: readonly string[];
  /** Whether the path lies in the folder of the acting program. */
  readonly beside?: boolean;
  /** Least score of the invocation by itself, 0–100. */
  readonly score?: number;
  /** Hashes, of any kind, of files that are known to be good. */
  readonly notHash?: readonly string[];
  /** Globs on users. */
  readonly user?: readonly string[];
  /** True: the far end is neither of the site nor trusted by it. */
  readonly external?: boolean;
  /** True: the site lists the far end, the file, or the host that a payload comes from, as hostile. */
  readonly listed?: boolean;
  /** True: a baseline that is old enough to say knows nothing like it of this program; see src/baseline/news.ts. */
  readonly firstSeen?: boolean;
  /** True: the file carries the mark of the web. */
  readonly fromWeb?: boolean;
  /** Globs on the folder in which a shortcut has its program work. */
  readonly workingIn?: readonly string[];
  /** Globs on the file that holds the picture of a shortcut. */
  readonly icon?: readonly string[];
  readonly notIcon?: readonly string[];
  /** True: the program was given no arguments. */
  readonly bare?: boolean;
  /** False: uses that the catalogue documents as ordinary are none. */
  readonly documented?: boolean;
}

/** All joins, as they are written in YAML: `child: start`. */
export const JOINS: readonly Join[] = ["process", "child", "sibling", "target", "file", "folder", "registry", "host"];

interface StepBase {
  readonly id: string;
  readonly components: readonly EventKind[];
  readonly required: boolean;
  /** The step that it is joined to, by its place in the chain; absent for the anchor. */
  readonly join?: { readonly how: Join; readonly to: number } | undefined;
  /** A clause with `{image}`, `{path}`, `{target}`, `{value}`, without its full stop. */
  readonly says: string;
}

/** A step with the values of its settings. */
export interface Step extends StepBase {
  /** Milliseconds between it and the step that it is joined to. */
  readonly within: number;
  /** Any one of these tests. */
  readonly tests: readonly StepTest[];
}

/** A step as compiled: values may be `$name` of a setting. */
export interface OpenStep extends StepBase {
  /** A period such as `10 min`. */
  readonly within: string;
  readonly tests: readonly Readonly<Record<string, SettingValue>>[];
}

export type SettingValue = string | number | boolean | readonly string[];

/** A value that ATT&CK says sites should set for themselves (a mutable element), or one of our own. */
export interface Setting {
  readonly value: SettingValue;
  readonly means: string;
  /** Name of ATT&CK's mutable element. */
  readonly attack?: string;
}

interface ChainOf<S> {
  /** `DET0433/AN1207`; chains of our own have names instead of numbers. */
  readonly id: string;
  readonly title: string;
  readonly platform: Platform;
  readonly techniques: readonly string[];
  readonly strength: "weak" | "medium" | "strong";
  /**
   * How ordinary it is that an event stands alone for the act: an analytic of one step, which tells of an effect whose process nothing
   * explains. Where the process has a finding, the event is none of its own.
   */
  readonly alone?: "uncommon" | "rare" | "hostile";
  /** It refutes that a use is one which the catalogue documents as ordinary: no such use does what it tells. */
  readonly evenDocumented?: true;
  readonly settings: Readonly<Record<string, Setting>>;
  /** In the order of time. */
  readonly steps: readonly S[];
  /** The step that starts the search: those before it are looked for in what is remembered, those behind it are waited for. */
  readonly anchor: number;
  /** The step whose event a finding of the chain's own points at; absent: the anchor. */
  readonly finding?: string;
  /** The step whose path, or registry value, is the payload of such a finding; absent: the step that it points at. */
  readonly payload?: string;
  readonly references: readonly string[];
}

/** One analytic of a detection strategy, or one chain of our own. */
export type Chain = ChainOf<Step>;
export type OpenChain = ChainOf<OpenStep>;

/** A site's own values of settings, by chain and name. */
export type Overrides = Readonly<Record<string, Readonly<Record<string, SettingValue>>>>;

/** The part of a compiled catalogue that holds its chains. */
export interface CompiledChains {
  readonly chains: readonly OpenChain[];
  readonly settings: Overrides;
}
