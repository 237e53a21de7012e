import type { RecordSink } from "../../model/record.ts";
import type { FormatReader, ReadContext } from "../format.ts";
import type { Fields } from "./field-record.ts";
import { readLines } from "./text-reader.ts";

const MAX_ENTRIES = 5000;
/** Longest value that lines continued with a backslash may make. */
const MAX_VALUE = 1 << 20;

/** How a kind of key file is written. */
export interface KeyFileDialect {
  /** First characters of comment lines. */
  readonly comments: string;
  /** Whether a backslash at the end of a line continues it. */
  readonly continued: boolean;
}

/**
 * `[Section]` and `Key=value` lines, as .desktop files, .url files and systemd units have them. Lines come one by one;
 * fields are lists named `Section.Key`, in the order of the file.
 */
class KeyFile {
  private readonly dialect: KeyFileDialect;
  private readonly values = new Map<string, string[]>();
  private section = "";
  private entries = 0;
  private pending = "";
  /** Lines that are neither a section, nor an entry, nor a comment. */
  unknown = 0;

  constructor(dialect: KeyFileDialect) {
    this.dialect = dialect;
  }

  add(line: string): void {
    const text = line.trim();
    if (text !== "" && this.dialect.comments.includes(text[0]!)) return;
    if (this.dialect.continued && text.endsWith("\\") && this.pending.length < MAX_VALUE) {
      this.pending += `${text.slice(0, -1)} `;
      return;
    }
    const whole = this.pending + text;
    this.pending = "";
    if (whole !== "") this.entry(whole);
  }

  private entry(text: string): void {
    if (text.startsWith("[") && text.endsWith("]")) {
      this.section = text.slice(1, -1);
      return;
    }
    const equals = text.indexOf("=");
    if (equals < 1 || this.entries >= MAX_ENTRIES) {
      this.unknown += 1;
      return;
    }
    this.entries += 1;
    const key = `${this.section}.${text.slice(0, equals).trimEnd()}`;
    const value = text.slice(equals + 1).trim();
    const values = this.values.get(key);
    if (values) values.push(value);
    else this.values.set(key, [value]);
  }

  /** Every value under its key, a list; `add` the last, unfinished line before. */
  fields(): Fields {
    if (this.pending !== "") this.entry(this.pending.trim());
    this.pending = "";
    return Object.fromEntries(this.values);
  }
}

/** Reads a key file as one record; a file without any entry is none. */
export function readKeyFile(
  context: ReadContext,
  sink: RecordSink,
  provider: string,
  dialect: KeyFileDialect,
): FormatReader {
  return readLines(context, sink, provider, (output) => {
    const file = new KeyFile(dialect);
    return {
      line: (text) => file.add(text),
      end() {
        const fields = file.fields();
        if (file.unknown > 0) output.note(`lines that are no entries, or too many to keep: ${file.unknown}`);
        if (Object.keys(fields).length > 0) output.record(fields);
      },
    };
  });
}
