import { HIVES } from "../../model/hive.ts";
import type { Format } from "../format.ts";
import { closingQuote, parseRegistryValue, unquote } from "./registry-value.ts";
import { firstLines } from "./sniffing.ts";
import { type ArtefactOutput, type LineParser, readLines } from "./text-reader.ts";

const VERSION_5 = "Windows Registry Editor Version 5.00";
const VERSION_4 = "REGEDIT4";
/** Longest value that lines continued with a backslash may make. */
const MAX_VALUE = 4 << 20;

const SHORT: ReadonlyMap<string, string> = new Map(HIVES.map(({ long, short }) => [long, short]));

/**
 * Registry exports and scripts (.reg), REGEDIT4 and version 5: one record a value, with path (key and name), key, name,
 * type, value. A key that is deleted is a record of type `deleteKey`.
 */
export const registryExport: Format = {
  name: "reg",
  title: "Registry export (.reg)",
  sniff(head) {
    const first = firstLines(head, 5)[0]?.replace("\ufeff", "").trim();
    return first === VERSION_5 || first === VERSION_4 ? 1 : 0;
  },
  open: (context, sink) => readLines(context, sink, "registry-export", (output) => new ExportParser(output)),
};

class ExportParser implements LineParser {
  private readonly output: ArtefactOutput;
  private wide = true;
  private key: string | undefined;
  private pending: string[] = [];
  private pendingSize = 0;

  constructor(output: ArtefactOutput) {
    this.output = output;
  }

  line(text: string): void {
    const continues = this.continues(text);
    if (continues || this.pending.length > 0) {
      if (this.pendingSize < MAX_VALUE) this.pending.push(continues ? text.trim().slice(0, -1) : text.trim());
      this.pendingSize += text.length;
      if (continues) return;
    }
    this.flush(text);
  }

  end(): void {
    if (this.pending.length > 0) this.flush("");
  }

  /** Only data in hex goes on in the next line; a text may end with a backslash. */
  private continues(text: string): boolean {
    if (!text.trimEnd().endsWith("\\")) return false;
    return this.pending.length > 0 || /^\s*(?:"(?:[^"\\]|\\.)*"|@)\s*=\s*hex/.test(text);
  }

  private flush(line: string): void {
    const text = (this.pending.length > 0 ? this.pending.join("") : line).trim();
    if (this.pendingSize > MAX_VALUE)
      this.output.note(`a value longer than ${MAX_VALUE} characters was cut`, "input/limit");
    this.pending = [];
    this.pendingSize = 0;
    if (text === "" || text.startsWith(";") || text === VERSION_5) return;
    if (text === VERSION_4) this.wide = false;
    else if (text.startsWith("[")) this.openKey(text);
    else this.value(text);
  }

  private openKey(text: string): void {
    const deleted = text.startsWith("[-");
    const written = text.slice(deleted ? 2 : 1, text.endsWith("]") ? -1 : undefined);
    const slash = written.indexOf("\\");
    const hive = (slash < 0 ? written : written.slice(0, slash)).toUpperCase();
    this.key = (SHORT.get(hive) ?? hive) + (slash < 0 ? "" : written.slice(slash));
    if (deleted) this.output.record({ path: this.key, key: this.key, type: "deleteKey" });
  }

  private value(text: string): void {
    const quoted = text.startsWith('"');
    const end = quoted ? closingQuote(text) + 1 : text.startsWith("@") ? 1 : 0;
    const equals = text.indexOf("=", end);
    const name = quoted ? unquote(text.slice(0, end)) : "(Default)";
    const value = end > 0 && equals >= 0 ? parseRegistryValue(text.slice(equals + 1), this.wide) : undefined;
    if (this.key === undefined || name === undefined || value === undefined) {
      this.output.damaged("neither a key nor a value of one");
      return;
    }
    this.output.record({ path: `${this.key}\\${name}`, key: this.key, name, type: value.type, value: value.text });
  }
}
