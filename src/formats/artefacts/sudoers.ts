import type { Format } from "../format.ts";
import { firstLines, pathOf } from "./sniffing.ts";
import { commandsIn, type SudoRule, sudoLine } from "./sudoers-line.ts";
import { type ArtefactOutput, type LineParser, readLines } from "./text-reader.ts";

const PLACES = /\/sudoers(?:[./~-][^/]*|\.d\/[^/]+)?$/;
const MAX_LINE = 1 << 20;
const MAX_ALIASES = 4096;
/** Rules that wait for aliases, which may come after them. */
const MAX_RULES = 65_536;

/** sudoers: one record a command that somebody may run as somebody else, aliases of commands expanded. */
export const sudoers: Format = {
  name: "sudoers",
  title: "sudoers",
  sniff(head, name) {
    if (!PLACES.test(pathOf(name))) return 0;
    const kinds = firstLines(head).map((line) => sudoLine(line)?.kind);
    const rules = kinds.filter((kind) => kind !== undefined && kind !== "nothing");
    // A page about it shows a rule or two among its own text.
    return rules.length > kinds.filter((kind) => kind === undefined).length ? 0.8 : 0;
  },
  open: (context, sink) => readLines(context, sink, "sudoers", (output) => new SudoersParser(output)),
};

class SudoersParser implements LineParser {
  private readonly output: ArtefactOutput;
  private readonly aliases = new Map<string, readonly string[]>();
  private readonly rules: SudoRule[] = [];
  private pending = "";

  constructor(output: ArtefactOutput) {
    this.output = output;
  }

  line(text: string): void {
    if (text.endsWith("\\") && this.pending.length < MAX_LINE) {
      this.pending += `${text.slice(0, -1)} `;
      return;
    }
    const whole = this.pending + text;
    this.pending = "";
    const read = sudoLine(whole);
    if (!read) this.output.damaged("neither a rule, nor an alias, nor a setting, nor a comment");
    else if (read.kind === "alias") for (const [name, commands] of read.commands) this.alias(name, commands);
    else if (read.kind === "rules") for (const rule of read.rules) this.rule(rule);
  }

  end(): void {
    if (this.pending !== "") this.line("");
    for (const { user, runAs, tags, commands } of this.rules)
      for (const command of commandsIn(commands, this.aliases)) this.output.record({ user, runAs, tags, command });
  }

  private alias(name: string, commands: readonly string[]): void {
    if (this.aliases.size < MAX_ALIASES) this.aliases.set(name, commands);
    else this.output.note(`more than ${MAX_ALIASES} aliases`, "input/limit");
  }

  private rule(rule: SudoRule): void {
    if (this.rules.length < MAX_RULES) this.rules.push(rule);
    else this.output.note(`more than ${MAX_RULES} rules`, "input/limit");
  }
}
