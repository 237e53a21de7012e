import { headText } from "../decode/json/encoding.ts";
import { entryOf } from "../model/entry.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, ReadContext } from "./format.ts";
import { ObjectRecord } from "./json-shapes/object-record.ts";
import { parseTime } from "./json-shapes/time.ts";
import { LineReader } from "./line-reader.ts";

/** Longest line, in bytes: what a process may be given. */
const MAX_LINE = 1 << 21;
/** Lines before a header (bpftrace says how many probes it attached), and the most columns. */
const MOST_BEFORE = 10;
const MOST_COLUMNS = 64;

/** What columns are called: by tools that trace starts (bcc, bpftrace, Inspektor Gadget), and by ps in its two ways. */
const MEANINGS: Readonly<Record<string, string>> = {
  PID: "pid",
  "PROC.PID": "pid",
  TGID: "pid",
  PPID: "ppid",
  "PARENT.PID": "ppid",
  UID: "user",
  USER: "user",
  EUSER: "user",
  RUSER: "user",
  COMM: "name",
  UCMD: "name",
  EXE: "exe",
  EXEPATH: "exe",
  CWD: "cwd",
  RET: "ret",
  ERROR: "ret",
  STARTED: "time",
  ARGS: "line",
  CMD: "line",
  COMMAND: "line",
  PCOMM: "started",
};
const HEADER = /^\s*[A-Z%][\w%.()/+:-]*(?:\s+[A-Z%][\w%.()/+:-]*)+\s*$/;

interface Column {
  readonly name: string;
  readonly meaning: string | undefined;
  readonly from: number;
}

/**
 * Tables of processes in columns of text, which begin with a header: what execsnoop (bcc, bpftrace) and Inspektor Gadget's trace_exec print
 * of starts, and lists of ps. The command line goes to the end of the line, or stands between the places where the header's words begin.
 */
export const processColumns: Format = {
  name: "process-columns",
  title: "Processes in columns: execsnoop, trace_exec, ps",
  sniff(head) {
    const lines = headText(head.subarray(0, 16_384)).split("\n", MOST_BEFORE + 1);
    return lines.length > 1 && lines.slice(0, MOST_BEFORE).some((line) => columnsIn(line)) ? 0.7 : 0;
  },
  open: (context, sink) => new ColumnReader(context, sink),
};

/** The columns that a header names; undefined where the line is no header of processes and their command lines. */
function columnsIn(line: string): readonly Column[] | undefined {
  if (line.length > 1024 || !HEADER.test(line)) return undefined;
  const columns = [...line.matchAll(/\S+/g)].slice(0, MOST_COLUMNS).map(({ 0: name, index }) => ({
    name,
    meaning: entryOf(MEANINGS, name),
    from: index,
  }));
  const has = (meaning: string) => columns.some((column) => column.meaning === meaning);
  const last = columns[columns.length - 1]!;
  // lsof begins with the name of the command; top shows no more than it.
  const isSuch = last.meaning === "line" ? !columns.some(({ name }) => name === "TIME+") : line.includes(" ARGS ");
  return isSuch && has("pid") && has("line") ? columns : undefined;
}

class ColumnReader extends LineReader {
  private columns: readonly Column[] | undefined;

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
  }

  protected line(text: string, offset: number): void {
    const line = text.trimEnd();
    const header = columnsIn(line);
    if (header) this.columns = header;
    if (header || line === "" || !this.columns) return;
    const { file } = this.context;
    const cells = cellsOf(line, this.columns);
    if (!cells) {
      const place = { file, offset, line: this.number, index: this.index };
      this.sink.diagnostic({ code: "csv/bad-row", message: "fewer columns than the header names", ...place }, true);
    } else {
      const head = { provider: "process", time: parseTime(cells.get("time")) };
      this.hand(new ObjectRecord("mapped", { file, index: this.index }, head, eventOf(cells)));
    }
    this.index += 1;
  }
}

/** Values by what their columns mean; undefined where the line has too few. */
function cellsOf(line: string, columns: readonly Column[]): ReadonlyMap<string, string> | undefined {
  const cells = columns[columns.length - 1]!.meaning === "line" ? parted(line, columns) : placed(line, columns);
  if (!cells || !/^\d{1,10}$/.test(cells.get("pid") ?? "")) return undefined;
  return cells;
}

const DAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/;

/** Words, the last of which is all that is left: what is too long for its column moves the others. */
function parted(line: string, columns: readonly Column[]): ReadonlyMap<string, string> | undefined {
  const cells = new Map<string, string>();
  let rest = line.trimStart();
  for (const { meaning } of columns.slice(0, -1)) {
    let word = /^\S+/.exec(rest)?.[0];
    if (word === undefined) return undefined;
    // ps writes when a process started in five words: `Wed Mar  4 09:10:11 2026`.
    if (meaning === "time" && DAY.test(word)) word = /^(?:\S+\s+){4}\S+/.exec(rest)?.[0] ?? word;
    if (meaning !== undefined && !cells.has(meaning)) cells.set(meaning, word);
    rest = rest.slice(word.length).trimStart();
  }
  cells.set("line", rest);
  return cells;
}

/** What stands below each word of the header, up to the next. */
function placed(line: string, columns: readonly Column[]): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const [at, { meaning, from }] of columns.entries()) {
    const text = line.slice(from, columns[at + 1]?.from).trim();
    if (meaning !== undefined && text !== "" && !cells.has(meaning)) cells.set(meaning, text);
  }
  return cells;
}

function eventOf(cells: ReadonlyMap<string, string>) {
  const line = cells.get("line") ?? "";
  const ret = cells.get("ret") ?? "0";
  // What failed was not started; the kernel's own threads, in brackets, run no program.
  if (line === "" || !/^(?:0|-)?$/.test(ret) || /^\[[^\]]{1,64}\]$/.test(line)) return { kind: "unknown" };
  const first = /^\S+/.exec(line)?.[0] ?? "";
  return {
    kind: "processCreation",
    platform: "linux",
    user: cells.get("user"),
    image: cells.get("exe") ?? (first.startsWith("/") ? first : (cells.get("name") ?? first.replace(/^-/, ""))),
    commandLine: line,
    currentDirectory: cells.get("cwd"),
    "process.pid": cells.get("pid"),
    "parent.pid": cells.get("ppid"),
  };
}
