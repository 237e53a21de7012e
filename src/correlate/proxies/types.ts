import type { EventKind, Platform } from "../../model/event.ts";
import type { PayloadWhat, Role } from "../../model/payload.ts";
import type { Source } from "../../model/record.ts";
import type { Site } from "../site/site.ts";

/** A process start, as far as its arguments are asked for. Plain data, for snapshots. */
export interface Line {
  readonly image: string;
  readonly platform: Platform;
  readonly commandLine?: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

/** An argument, with the option before it or around it. */
export interface Argument {
  readonly text: string;
  /** `/load:` or `--plugin`; undefined for an operand. */
  readonly option: string | undefined;
}

/** What a process was seen to do with an argument: with the file or the host that it names, or right after it was given one to run. */
export type Act = "load" | "start" | "write" | "fetch" | "open";

/** What is known around a process when it acts. */
export interface Surroundings {
  /** Whether another process had written a file before. */
  readonly isDropped?: (path: string) => boolean;
  readonly site?: Site;
  /** Domain of the machine, where its log calls it by its full name. */
  readonly domain?: string | undefined;
}

/** An argument, and what its process then did. Plain data, for snapshots. */
export interface Link {
  readonly act: Act;
  readonly role: Exclude<Role, "reads">;
  readonly what: PayloadWhat;
  /** The name as the argument has it. */
  readonly text: string;
  /** The option that carries it, `/load:` or `--plugin`; undefined for an operand. */
  readonly option: string | undefined;
  /** The file itself, where the effect tells it. */
  readonly path?: string;
  /** How an `open` shows: what followed. */
  readonly by?: "shell" | "child" | "handed-on" | "engine" | "library" | "connection";
  /** What followed, in a word: a file, a program, a host. */
  readonly effect: string;
  readonly kind: EventKind;
  readonly source: Source;
  readonly time: number | undefined;
}

/**
 * Why everybody trusts a program: `system` where it is one of Windows's own, `installed` where it lies with other software that only
 * administrators install, `signed` where the log says that it is validly signed, wherever it lies, `copied` where it is one of Windows's
 * own under another name.
 */
export type Trust = "system" | "installed" | "signed" | "copied";

/** A start of a trusted program that no behaviour of the catalogue explains. Plain data, for snapshots. */
export interface Told {
  readonly line: Line;
  readonly trust: Trust;
  readonly originalFileName?: string;
  /** DNS domain of the host. */
  readonly domain?: string;
}
