import { headText } from "../decode/json/encoding.ts";
import type { Format } from "./format.ts";
import { ObjectRecord } from "./json-shapes/object-record.ts";
import { parseTime } from "./json-shapes/time.ts";
import { LineReader } from "./line-reader.ts";

const RULE = /^\*{20,80}$/;
/** A label in the language of the system and a time without a zone, as it begins sessions, commands and ends. */
const STAMP = /^[^:]{1,80}:\s?(\d{14})$/;
/** The one label of a session's head that is the same in every language. */
const VERSION = /^PSVersion: \d/;
const PROMPT = /^PS(?: [^>\n]{1,1024})?> ?(.*)$/s;
/** What PowerShell writes of bound parameters where it has no typed line: values of it may have several lines. */
const BOUND = /^\p{L}[\p{L} '’-]{2,40}? ?\([^)\n]{0,256}\) ?: /u;
const MAX_HEAD = 64;
const MAX_COMMAND = 1 << 20;

/** What the head of a session says. */
interface Session {
  readonly host?: string | undefined;
  readonly user?: string | undefined;
  readonly pid?: string | undefined;
}

/**
 * Transcripts of PowerShell (Start-Transcript, and the policy of that name): one record a command, and one for the program that
 * hosts the session. Labels are in the language of the system, so lines of the head are told by their order. Times are local and
 * name no zone: they are taken as UTC.
 */
export const powershellTranscript: Format = {
  name: "transcript",
  title: "PowerShell transcript",
  sniff(head) {
    const lines = headText(head.subarray(0, 8192)).split(/\r?\n/, 40);
    return RULE.test(lines[0] ?? "") && STAMP.test(lines[2] ?? "") && lines.some((line) => VERSION.test(line))
      ? 0.95
      : 0;
  },
  open: (context, sink) => new TranscriptReader(context, sink),
};

class TranscriptReader extends LineReader {
  private session: Session = {};
  private time: number | undefined;
  /** Lines between two rules, which may be the head of a session or the time of a command. */
  private between: string[] | undefined;
  /** The command at hand, and whether lines of any kind belong to it. */
  private command: string | undefined;
  private isBound = false;

  protected override ended(): void {
    this.flush();
  }

  protected line(text: string, offset: number, cut: boolean): void {
    if (cut) this.cut(offset);
    if (RULE.test(text)) this.rule();
    else if (this.between && this.between.length < MAX_HEAD && !PROMPT.test(text)) this.between.push(text);
    else this.body(text, offset);
  }

  /** A rule ends a command, and begins or ends a head. */
  private rule(): void {
    this.flush();
    if (!this.between || !this.heading(this.between)) this.between = [];
    else this.between = undefined;
  }

  private heading(lines: readonly string[]): boolean {
    const version = lines.findIndex((line) => VERSION.test(line));
    const stamp = STAMP.exec(lines.find((line) => STAMP.test(line)) ?? "")?.[1];
    if (stamp === undefined) return false;
    this.time = timeOf(stamp);
    if (version < 5) return true;
    const value = (line: string | undefined) => line?.slice(line.indexOf(":") + 1).trim() || undefined;
    const machine = lines.slice(3, version).find((line) => /: \S{1,255} \(.*\)$/.test(line));
    this.session = {
      user: value(lines[2]),
      host: value(machine)?.split(" ", 1)[0],
      pid: value(lines[version - 1]),
    };
    const host = value(lines[version - 2]);
    if (host !== undefined) this.give({ hostApplication: host });
    return true;
  }

  private body(text: string, offset: number): void {
    this.between = undefined;
    const typed = PROMPT.exec(text)?.[1];
    if (typed !== undefined) {
      this.flush();
      this.command = typed;
      this.isBound = BOUND.test(typed);
    } else if (this.command !== undefined && (this.isBound || text.startsWith(">> "))) {
      const more = text.startsWith(">> ") ? text.slice(3) : text;
      if (this.command.length + more.length < MAX_COMMAND) this.command += `\n${more}`;
      else this.cut(offset);
    } else this.flush();
  }

  private flush(): void {
    const { command } = this;
    this.command = undefined;
    if (command !== undefined && command.trim() !== "") this.give(this.isBound ? { bound: command } : { command });
  }

  private give(fields: Readonly<Record<string, string>>): void {
    const at = { file: this.context.file, index: this.index };
    this.index += 1;
    const { host, user, pid } = this.session;
    const head = { provider: "transcript", host, time: this.time };
    const record = new ObjectRecord("artefact", at, head, { ...fields, user, pid });
    this.hand(record);
  }

  private cut(offset: number): void {
    const message = "a line or command longer than 1 MiB was cut";
    this.sink.diagnostic({ code: "input/limit", message, file: this.context.file, offset });
  }
}

function timeOf(stamp: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
  return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
