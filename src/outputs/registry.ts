import type { Output } from "./output.ts";

interface OutputInfo {
  readonly name: string;
  readonly title: string;
  /** Endings of file names that choose it. */
  readonly endings: readonly string[];
  load(): Promise<Output>;
}

/** The outputs, loaded when chosen. */
export const OUTPUTS: readonly OutputInfo[] = [
  {
    name: "table",
    title: "for people, on a terminal",
    endings: [".txt"],
    load: async () => (await import("./table.ts")).table,
  },
  {
    name: "ndjson",
    title: "one finding a line (whatran/finding/1)",
    endings: [".ndjson", ".jsonl"],
    load: async () => (await import("./ndjson.ts")).ndjson,
  },
  {
    name: "json",
    title: "one JSON array of findings",
    endings: [".json"],
    load: async () => (await import("./json.ts")).json,
  },
  {
    name: "csv",
    title: "for spreadsheets and timelines",
    endings: [".csv"],
    load: async () => (await import("./csv.ts")).csv,
  },
  {
    name: "html",
    title: "one self-contained page to read and to hand on",
    endings: [".html", ".htm"],
    load: async () => (await import("./html.ts")).html,
  },
];

/** Finds an output by name; `jsonl` is what other tools call ndjson. */
export function outputNamed(name: string): OutputInfo | undefined {
  const wanted = name.toLowerCase() === "jsonl" ? "ndjson" : name.toLowerCase();
  return OUTPUTS.find((output) => output.name === wanted);
}

/** Finds an output by the name of the file that it is to be written to. */
export function outputForFile(file: string): OutputInfo | undefined {
  const lower = file.toLowerCase();
  return OUTPUTS.find((output) => output.endings.some((ending) => lower.endsWith(ending)));
}
