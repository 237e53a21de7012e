import { headText } from "../decode/json/encoding.ts";
import { parseTrace, resultOf, type TraceLine, textAt, textsAt } from "../decode/text/strace.ts";
import type { ErrorCode } from "../errors.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, ReadContext } from "./format.ts";
import { ObjectRecord } from "./json-shapes/object-record.ts";
import { LineReader } from "./line-reader.ts";

/** Longest line, in bytes: what a process may be given. */
const MAX_LINE = 1 << 22;
/** Processes whose program and parent are known, and calls that wait for their end. */
const MOST_PROCESSES = 1 << 16;
const MOST_WAITING = 1 << 12;
/** And how much text of these is kept. */
const MOST_TEXT = 1 << 25;
/** Lines that tell the format, and a name that ends with the number of the process, as `-ff` makes it. */
const LINES = 60;
const OF_ONE = /\.(\d{1,10})$/;

/** Calls by which a process makes another, whose number they return. */
const FORKS = new Set(["clone", "clone3", "fork", "vfork"]);

/**
 * What strace prints of system calls (`strace -f -e execve`, with any of its prefixes): programs that were started, connections and files
 * that were made. Only the epoch (`-ttt`) is a time; of a time of day the day is not known.
 * @see https://man7.org/linux/man-pages/man1/strace.1.html
 */
export const strace: Format = {
  name: "strace",
  title: "System calls as strace prints them: execve, connect, files made",
  sniff(head) {
    const lines = headText(head.subarray(0, 32_768)).split("\n", LINES);
    if (lines.length > 1) lines.pop();
    const written = lines.map((line) => line.trimEnd()).filter((line) => line !== "");
    const fitting = written.flatMap((line) => parseTrace(line) ?? []);
    const isSure = fitting.some(({ call, rest, part }) => call !== undefined && part !== "resumed" && isEnded(rest));
    return isSure && fitting.length >= written.length * 0.8 ? 0.8 : 0;
  },
  open: (context, sink) => new StraceReader(context, sink),
};

/** Calls of functions in source code look alike; they return nothing. */
const isEnded = (rest: string): boolean => resultOf(rest) !== undefined || rest.endsWith("<unfinished ...>");

interface Waiting {
  readonly line: TraceLine;
  readonly index: number;
}

class StraceReader extends LineReader {
  /** The process of lines that name none. */
  private readonly only: number | undefined;
  private readonly programs = new Map<number, string>();
  private readonly parents = new Map<number, number>();
  private readonly waiting = new Map<string, Waiting>();
  private waitingText = 0;
  private readonly said = new Set<string>();

  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
    const number = OF_ONE.exec(context.file)?.[1];
    this.only = number === undefined ? undefined : Number(number);
  }

  protected line(text: string, offset: number, cut: boolean): void {
    const written = text.trimEnd();
    if (written === "") return;
    const line = cut ? undefined : parseTrace(written);
    if (!line) {
      const message = cut ? `a line longer than ${MAX_LINE} bytes was cut` : "no system call, signal or exit";
      this.say(cut ? "input/limit" : "strace/no-call", message, offset, true);
      this.index += 1;
    } else if (line.call !== undefined) this.call({ ...line, pid: line.pid ?? this.only }, offset);
  }

  protected override ended(): void {
    for (const { index } of this.waiting.values()) this.unfinished(index);
    this.waiting.clear();
  }

  /** Whether it was carried out nobody knows. */
  private unfinished(index: number): void {
    const message = "a system call that does not end in this trace";
    this.sink.diagnostic({ code: "strace/no-call", message, file: this.context.file, index }, true);
  }

  private call(line: TraceLine, offset: number): void {
    const key = `${line.pid}\0${line.call}`;
    if (line.part === "unfinished") {
      this.forget(key);
      this.wait(key, { line, index: this.index });
      this.index += 1;
      return;
    }
    const begun = line.part === "resumed" ? this.forget(key) : undefined;
    const index = begun?.index ?? this.index;
    if (!begun) this.index += 1;
    const before = begun ? begun.line.rest.slice(0, -"<unfinished ...>".length) : "";
    const fields = this.understand(line, before + line.rest, offset);
    const head = { provider: "strace", time: begun?.line.time ?? line.time };
    this.hand(new ObjectRecord("mapped", { file: this.context.file, index }, head, fields));
  }

  private wait(key: string, one: Waiting): void {
    this.waiting.set(key, one);
    this.waitingText += one.line.rest.length;
    for (const [oldest, { index }] of this.waiting) {
      if (this.waiting.size <= MOST_WAITING && this.waitingText <= MOST_TEXT) break;
      this.forget(oldest);
      this.unfinished(index);
    }
  }

  private forget(key: string): Waiting | undefined {
    const one = this.waiting.get(key);
    this.waiting.delete(key);
    this.waitingText -= one?.line.rest.length ?? 0;
    return one;
  }

  private understand({ call, pid }: TraceLine, rest: string, offset: number) {
    const result = resultOf(rest);
    const own = { platform: "linux", "process.pid": pid };
    const nothing = { kind: "unknown", call };
    if (!result) return nothing;
    if (FORKS.has(call!)) this.forked(pid, result.value);
    if (call === "connect" && (result.value === 0 || result.error === "EINPROGRESS")) {
      const address = addressIn(rest);
      return address ? { ...own, ...address, "process.image": this.programOf(pid) } : nothing;
    }
    if (result.value < 0) return nothing;
    if (call === "execve" || call === "execveat") return { ...own, ...this.started(pid, rest, offset) };
    const path = isCreating(call!, rest) ? textAt(rest, rest.indexOf('"')) : undefined;
    if (!path || path.cut) return nothing;
    return { ...own, kind: "fileCreation", path: path.text, action: "create", "process.image": this.programOf(pid) };
  }

  private started(pid: number | undefined, rest: string, offset: number) {
    const path = textAt(rest, rest.indexOf('"'));
    const list = path && textsAt(rest, rest.indexOf("[", path.end));
    if (!path || !list) return { kind: "unknown" };
    if (path.cut || list.cut) this.sayOnce("arguments that strace cut (its option -s keeps more)", offset);
    const parent = pid === undefined ? undefined : this.parents.get(pid);
    const parentImage = this.programOf(parent);
    if (pid !== undefined) this.keep(this.programs, pid, path.text);
    return {
      kind: "processCreation",
      image: path.text,
      args: list.texts.length > 0 ? list.texts : [path.text],
      "parent.pid": parent,
      "parent.image": parentImage,
    };
  }

  private programOf(pid: number | undefined): string | undefined {
    return pid === undefined ? undefined : this.programs.get(pid);
  }

  private forked(parent: number | undefined, child: number): void {
    if (parent === undefined || child <= 0) return;
    this.keep(this.parents, child, parent);
    const program = this.programs.get(parent);
    if (program !== undefined && !this.programs.has(child)) this.keep(this.programs, child, program);
  }

  private keep<T>(map: Map<number, T>, pid: number, value: T): void {
    map.delete(pid);
    map.set(pid, value);
    const [oldest] = map.size > MOST_PROCESSES ? map.keys() : [];
    if (oldest !== undefined) map.delete(oldest);
  }

  private sayOnce(message: string, offset: number): void {
    if (this.said.has(message)) return;
    this.said.add(message);
    this.say("input/limit", message, offset, false);
  }

  private say(code: ErrorCode, message: string, offset: number, counts: boolean): void {
    const place = { file: this.context.file, offset, line: this.number, index: this.index };
    this.sink.diagnostic({ code, message, ...place }, counts);
  }
}

const IP4 = /sin_port=htons\((\d{1,5})\), sin_addr=inet_addr\("([\d.]{7,15})"\)/;
const IP6 = /sin6_port=htons\((\d{1,5})\).{0,200}?inet_pton\(AF_INET6, "([0-9a-fA-F:.]{2,45})"/;

function addressIn(rest: string) {
  const found = IP4.exec(rest) ?? IP6.exec(rest);
  return found && { kind: "networkConnection", initiated: "true", destinationIp: found[2], destinationPort: found[1] };
}

function isCreating(call: string, rest: string): boolean {
  return call === "creat" || (/^open(?:at2?)?$/.test(call) && /\bO_CREAT\b/.test(rest));
}
