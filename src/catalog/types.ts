import type { Platform } from "../model/event.ts";
import type { Level } from "../model/level.ts";
import type { PayloadWhat, PayloadWhere, Role } from "../model/payload.ts";
import type { CompiledChains } from "./chains/types.ts";

/** How a program of this style writes its options. See catalog/_template.yaml for each with an example. */
export type GrammarStyle = "windows" | "gnu" | "single" | "none";

/** How an option takes its value. */
export interface OptionSpec {
  readonly name: string;
  readonly takes: "flag" | "digits" | "value" | "optional" | "values" | "groups" | "rest" | "until";
  /** Attached forms that the program accepts: after one of these characters. */
  readonly after: string;
  /** Attached without any separator, such as `-ofile`. */
  readonly glued: boolean;
  /** The next token may be the value. */
  readonly next: boolean;
  /** What follows the value belongs to what the value names, and is the element `arguments`. */
  readonly last?: boolean;
  /** `values`: how many tokens; 0 means up to the next option. `groups`: how many tokens a group has. */
  readonly count: number;
  /** `until`: the tokens that end it. */
  readonly ends: readonly string[];
}

type OperandType = "assignment" | "number" | "share" | "hosts" | "verb" | "text";

export interface OperandSpec {
  readonly name: string;
  readonly many: "one" | "optional" | "any" | "some" | "rest" | "raw";
  readonly type: OperandType;
}

export interface Grammar {
  readonly style: GrammarStyle;
  /** Named reader in src/grammar/readers for programs that parse their own line. */
  readonly reader?: string;
  /** Spelling → option. Lower case unless `caseSensitive`. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly operands: readonly OperandSpec[];
  /** `NAME=value` words, by name in lower case. */
  readonly pairs: Readonly<Record<string, string>>;
  /** Subcommands by spelling; the first operand chooses. */
  readonly commands: Readonly<Record<string, SubGrammar>>;
  readonly caseSensitive: boolean;
  /** Unique prefixes of an option name are accepted. */
  readonly abbreviate: boolean;
  /** The first word is a bundle of options without a dash (tar, ar, ps). */
  readonly bundleFirst: boolean;
  /** A subcommand may stand behind operands, too (xdotool's chains, Taskwarrior's filters). */
  readonly commandsAnywhere?: boolean;
  /** What it starts does not read its standard input (xargs). */
  readonly keepsInput?: boolean;
  /** Options end at the first operand: what stands behind an interpreter's script is the script's own. */
  readonly ordered?: boolean;
  /** Elements whose `NAME=value` words reach the environment of the commands that the arguments name. */
  readonly exports?: readonly string[];
}

export interface SubGrammar {
  readonly name: string;
  readonly grammar: Grammar;
}

/**
 * What code does: `starts` is a command that runs, `brings` runs what comes from another machine, `obeys` runs a
 * command that it names or is told, `unnamed` runs what it does not name, be it code or a command, `hides` runs code that it decodes first.
 */
export type CodeRole = Role | "starts" | "brings" | "obeys" | "unnamed" | "hides";

/** A test on one grammar element, or on the surroundings (`$args`, `$stdin`, `$env.NAME`, `$payload`). */
export interface Test {
  readonly element: string;
  readonly present?: boolean;
  /** Globs, lower case, any of which must match (also against the base name). */
  readonly is?: readonly string[];
  readonly not?: readonly string[];
  readonly ext?: readonly string[];
  readonly remote?: boolean;
  /** Kind of value: url, share, path, relative, guid, number, inline, option. */
  readonly kind?: readonly string[];
  /** Names of the machine of an address in the value, lower case, any of: the name itself, or one below it. */
  readonly host?: readonly string[];
  /** Text that the value must contain, lower case, any of. */
  readonly has?: readonly string[];
  /** The value, read as code of this language, does something in each of these roles. */
  readonly code?: { readonly language: string; readonly roles: readonly CodeRole[] };
}

/** Conjunction of tests; a behaviour's `when` is a disjunction of these. */
export type Condition = readonly Test[];

/** How a bound value is read. */
export type ReadAs =
  | "file"
  | "program"
  | "command"
  | "cmd"
  | "sh"
  | "argv"
  | "line"
  | "powershell"
  | "url"
  | "text"
  | `code:${string}`;

/**
 * Systems other than the line's own on which a command runs that is handed to them: one of Linux, as in most containers; one within
 * Windows, which sees its drives and starts its programs; another machine, whose files are not those of this one.
 */
export const SYSTEMS = ["linux", "wsl", "remote"] as const;
export type System = (typeof SYSTEMS)[number];

/** How the text of a file is read. */
export type Contents = "cmd" | "sh" | "powershell" | `code:${string}`;

/** Binds a grammar element to a payload. */
export interface Binding {
  readonly role: Role;
  /** `auto`: told from the value (extension, scheme). */
  readonly what: PayloadWhat | "auto";
  readonly where?: PayloadWhere;
  /** Elements whose values become payloads; empty for a place outside the arguments. */
  readonly from: readonly string[];
  /** The name of a place outside the arguments (registry key, variable, file). */
  readonly value?: string;
  readonly as: ReadAs;
  /** Element that holds the arguments of a program. */
  readonly args?: string;
  /** The program puts what it reads from its input into the words: for the mark that one of these elements names, else behind them. */
  readonly into?: readonly string[];
  /** An element that has one value here, for which `{}` stands in its words. */
  readonly puts?: string;
  readonly entry?: string;
  readonly entryFrom?: string;
  /** Folder, or beginning of a name, that the program puts in front of the value. */
  readonly prefix?: string;
  /** Element that names the machine which the value lies on: it stands between the prefix, a scheme, and the value. */
  readonly server?: string;
  /** Element that names the folder which the value lies in. */
  readonly folder?: string;
  /** The system that the value is handed to, where that is another one; of another machine `server` may tell the name. */
  readonly on?: System;
  /** Extension that the program adds where there is none. */
  readonly ext?: string;
  /** Part of the value: what stands after the first of these (none found: no payload, unless one begins with `?`) … */
  readonly after?: readonly string[];
  /** … and before the first of these. */
  readonly before?: readonly string[];
  /** Split into several payloads at these characters. */
  readonly split?: string;
  /** Number of words of the value to pass over. */
  readonly skip?: number;
  /** The entry point stands behind this separator, up to the next one. */
  readonly entryAfter?: string;
  /** Words that must stand before the value in a list of words; all that follows is the value unless `pick` chooses. */
  readonly following?: readonly string[];
  /** Zero-based position in the element's values; negative from the end. */
  readonly pick?: number;
  /** The program joins its words by blanks, their quotes gone, before it hands them on (ssh, PowerShell). */
  readonly join?: boolean;
  /** How the text of the file is read where the same line has just written it; otherwise its extension tells. */
  readonly contents?: Contents;
  /** Files that the program looks for where the value is a folder: globs on their paths within it. */
  readonly within?: readonly string[];
  readonly when?: readonly Condition[];
}

/** How ordinary a behaviour is in itself, before anything is known of its payload: from what is most ordinary to what never is. */
export const USUAL = ["routine", "common", "uncommon", "rare", "hostile"] as const;
export type Usual = (typeof USUAL)[number];

export interface Behaviour {
  readonly id: string;
  readonly title: string;
  /** LOLBAS-like category: execute, bypass, download, upload, copy, compile, decode, encode, credentials, ads, uac, reconnaissance, tamper, conceal. */
  readonly category: string;
  readonly when: readonly Condition[];
  readonly bindings: readonly Binding[];
  readonly techniques: readonly string[];
  readonly usual: Usual;
  /** A level below which no history lowers it, and the condition for that. */
  readonly floor?: { readonly level: Level; readonly when: readonly Condition[] };
  readonly confirmedBy: readonly string[];
  /** Only a continuation of another behaviour: shown, but never the innermost act by itself. */
  readonly wrapper: boolean;
  /** A shell is what it is meant to run: one that is told nothing to do is nothing odd there. */
  readonly opensShells?: true;
  /** Only accounts with rights of administration or backup, and the system, can do it: a rule for all others stops nothing. */
  readonly rights?: "administrator";
  /** The library that the binary hands its arguments to, where it is that library which acts: `advpack.dll`. */
  readonly library?: string;
  /** The files that it touches make it graver than it is: what is ordinary for it says nothing of them. */
  readonly graver?: true;
}

export interface NormalUse {
  readonly behaviours: readonly string[];
  readonly when: readonly Condition[];
  /** Directory classes in which every payload that runs must lie. */
  readonly runs: readonly string[];
  /** Globs on the parent's file name. */
  readonly parent: readonly string[];
  readonly why: string;
}

/** Lines that nobody else is given: an image that nobody knows is this program if it is given one. */
export interface Mark {
  /** Words, options without their dashes and values, in lower case: a line that has none of them is not looked at. */
  readonly words: readonly string[];
  readonly when: readonly Condition[];
}

/** A program takes what it does from its prompt or its standard input, too, which its line does not show. */
export interface Awaits {
  /** Empty where it always does. */
  readonly when: readonly Condition[];
  /** The file in which it keeps what it was told. */
  readonly kept?: string;
}

/** A program prints what somebody has put where it keeps things: code, where a shell is handed it. */
export interface Prints {
  /** Empty where it always does. */
  readonly when: readonly Condition[];
  /** What keeps it, as a sentence goes on with it: “clipboard”, “database”. */
  readonly of: string;
}

export interface CatalogEntry {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly originalNames: readonly string[];
  readonly platform: Platform;
  /** Id of the entry of another platform that is the same program, and that this one takes its grammar and behaviours from. */
  readonly like?: string;
  readonly category: string;
  /** One file that holds many programs: it acts as the one by whose name it is started. */
  readonly multicall?: boolean;
  readonly homes: readonly string[];
  readonly packages: readonly string[];
  readonly signer?: string;
  readonly purpose: string;
  /** Whether a default installation needs it (M1042). */
  readonly needed: "system" | "feature" | "rarely" | "absent";
  readonly grammar: Grammar;
  readonly knownBy?: readonly Mark[];
  /** Words of all its marks. */
  readonly words?: readonly string[];
  readonly awaits?: Awaits;
  readonly prints?: Prints;
  readonly behaviours: readonly Behaviour[];
  readonly normal: readonly NormalUse[];
  readonly mitigations: readonly string[];
  readonly references: readonly string[];
  /** Libraries of the system that act through this binary, with what they are for. */
  readonly libraries?: readonly { readonly name: string; readonly purpose: string }[];
}

/** dist/catalog.json. */
export interface CompiledCatalog {
  readonly schema: "whatran/catalog/1";
  /** Hash of the sources, first 12 hex digits. */
  readonly version: string;
  readonly entries: readonly CatalogEntry[];
  /** Absent in a catalogue without chains. */
  readonly chains?: CompiledChains;
}
