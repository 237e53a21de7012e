import type { Behaviour, Contents } from "../../catalog/types.ts";
import type { Platform } from "../../model/event.ts";
import linux from "./linux.json" with { type: "json" };
import windows from "./windows.json" with { type: "json" };

/**
 * A file of which is known what it means that it is written or read, whichever program does it, or an address that is fetched. Globs are
 * in small letters on Windows. Of `reads`, `writes` and `fetches` each that is given must fit; `except` takes files out again.
 */
export interface TellingFile {
  readonly id: string;
  readonly platform: Platform;
  readonly reads?: readonly string[];
  readonly writes?: readonly string[];
  readonly fetches?: readonly string[];
  readonly except?: readonly string[];
  /** Only behaviours of these categories. */
  readonly categories?: readonly string[];
  /** Only where the text that is written is known and fits: a regular expression, line by line. */
  readonly says?: string;
  /** Only where no file keeps its name on the way. */
  readonly renamed?: boolean;
  /** How the text of a written file is read, which will be carried out; `byName`: as its extension says. */
  readonly contents?: Contents | "byName";
  readonly title: string;
  readonly techniques: readonly string[];
  readonly usual: Behaviour["usual"];
}

/** As a platform's table has it: a pattern may be the name of a list, `$units`. */
interface Table {
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly files: readonly Omit<TellingFile, "platform">[];
}

const FIELDS = ["reads", "writes", "fetches", "except"] as const;

function filesOf(platform: Platform, { lists, files }: Table): readonly TellingFile[] {
  const patternsOf = (written: readonly string[]) =>
    written.flatMap((pattern) => (pattern.startsWith("$") ? (lists[pattern.slice(1)] ?? [pattern]) : [pattern]));
  return files.map((file) => ({
    ...file,
    platform,
    ...Object.fromEntries(FIELDS.flatMap((field) => (file[field] ? [[field, patternsOf(file[field])]] : []))),
  }));
}

export const TELLING_FILES: readonly TellingFile[] = [
  ...filesOf("windows", windows as Table),
  ...filesOf("linux", linux as Table),
];
