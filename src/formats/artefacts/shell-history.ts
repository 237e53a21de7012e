import type { Format, FormatReader } from "../format.ts";
import { baseName, firstLines, pathOf } from "./sniffing.ts";
import { type ArtefactOutput, type LineParser, readLines } from "./text-reader.ts";

/** `: start:duration;command`, as zsh writes with EXTENDED_HISTORY. */
const ZSH = /^: {0,2}(\d{9,11}):\d{1,9};(.*)$/s;
/** bash with HISTTIMEFORMAT writes a comment with the time above each command. */
const BASH_TIME = /^#(\d{9,11})$/;
const POWERSHELL = /(?:^|_)history\.txt$/;
const NAMES = /(?:^|[._])(?:bash|zsh|sh|ash|dash|ksh|mksh|fish|shell)_?history$|^\.?z?histor(?:y|file)$/;
/** Longest command that lines continued with a backslash may make. */
const MAX_COMMAND = 1 << 20;

/** Histories of shells: one record a command, with shell, user (by the folder it stands in) and command. */
export const shellHistory: Format = {
  name: "history",
  title: "Shell history (bash, zsh, fish, PowerShell)",
  sniff(head, name) {
    const lines = firstLines(head);
    const first = lines.find((line) => line.trim() !== "");
    if (first === undefined) return 0;
    if (lines.filter((line) => ZSH.test(line)).length * 2 > lines.length - 1) return 0.9;
    return shellOf(name) === undefined ? 0 : 0.7;
  },
  open: (context, sink): FormatReader =>
    readLines(context, sink, "shell-history", (output) => {
      const shell = shellOf(context.file) ?? "zsh";
      const user = userOf(context.file);
      const command = (text: string, time?: number) => {
        if (text.trim() !== "") output.record({ shell, user, command: text }, time);
      };
      return shell === "fish" ? new FishParser(command) : new HistoryParser(shell, command, output);
    }),
};

type Taker = (command: string, time?: number) => void;

function shellOf(name: string): string | undefined {
  const base = baseName(pathOf(name));
  if (POWERSHELL.test(base) && !NAMES.test(base))
    return base.startsWith("consolehost") || base.includes("code") ? "powershell" : undefined;
  if (!NAMES.test(base)) return undefined;
  if (base.includes("fish")) return "fish";
  return base.includes("zsh") || base.includes("zhist") ? "zsh" : "sh";
}

/** `/home/kim/…`, `/root/…`, `C:\Users\kim\…`. */
function userOf(path: string): string | undefined {
  const match = /(?:^|[\\/!])(?:(?:home|users)[\\/]([^\\/]{1,64})|(root))[\\/]/i.exec(path);
  return match?.[1] ?? match?.[2];
}

/** bash, zsh and PowerShell: a line is a command unless it is continued. */
class HistoryParser implements LineParser {
  private readonly take: Taker;
  private readonly output: ArtefactOutput;
  /** What ends a line that is continued. */
  private readonly mark: string;
  private readonly shell: string;
  private pending = "";
  private time: number | undefined;

  constructor(shell: string, take: Taker, output: ArtefactOutput) {
    this.shell = shell;
    this.take = take;
    this.output = output;
    this.mark = shell === "powershell" ? "`" : "\\";
  }

  line(text: string): void {
    const stamp = this.shell === "sh" && this.pending === "" ? BASH_TIME.exec(text) : null;
    if (stamp) {
      this.time = Number(stamp[1]) * 1000;
      return;
    }
    // bash writes lines of one command as they are; zsh and PSReadLine mark all but the last.
    if (this.shell !== "sh" && text.endsWith(this.mark) && this.pending.length < MAX_COMMAND) {
      this.pending += `${text.slice(0, -1)}\n`;
      return;
    }
    this.flush(this.pending + text);
  }

  end(): void {
    if (this.pending !== "") this.flush(this.pending.trimEnd());
  }

  private flush(text: string): void {
    if (this.pending.length >= MAX_COMMAND) this.output.note("a command longer than 1 MiB was split", "input/limit");
    this.pending = "";
    const zsh = this.shell === "powershell" ? null : ZSH.exec(text);
    if (zsh) this.take(zsh[2]!, Number(zsh[1]) * 1000);
    else this.take(text, this.time);
    this.time = undefined;
  }
}

/** fish: `- cmd: …` with escapes, and `  when: …` below. */
class FishParser implements LineParser {
  private readonly take: Taker;
  private command = "";

  constructor(take: Taker) {
    this.take = take;
  }

  line(text: string): void {
    const when = /^ {2}when: (\d{9,11})$/.exec(text);
    if (when && this.command !== "") this.flush(Number(when[1]) * 1000);
    if (!text.startsWith("- cmd: ")) return;
    this.flush();
    this.command = text.slice(7).replace(/\\(n|\\)/g, (_, code: string) => (code === "n" ? "\n" : "\\"));
  }

  end(): void {
    this.flush();
  }

  private flush(time?: number): void {
    this.take(this.command, time);
    this.command = "";
  }
}
