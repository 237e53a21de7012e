import { entryOf } from "../../../model/entry.ts";
import { format } from "../folding.ts";
import { kindOfName } from "../kinds.ts";
import { type Lexicon, lex, nameText, operandExpected, opText, type Token } from "../lex.ts";
import { DOUBLE, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { MAX_NESTING } from "../types.ts";
import { knownText, textValue } from "../values.ts";
import { type AwkFunction, functionsOf } from "./awk-functions.ts";

const LEXICON: Lexicon = {
  lineComments: ["#"],
  blockComments: [],
  literal: (text, at, before) => {
    if (text[at] === '"') return readLiteral(text, at + 1, DOUBLE);
    if (text[at] !== "/" || !operandExpected(before)) return undefined;
    return { ...readLiteral(text, at + 1, { close: "/", escapes: "backslash", multiline: false }), as: "skip" };
  },
  name: /@?[A-Za-z_]\w*/y,
  continuation: "\\",
};

/** A shell that is told what to do by what it reads. */
const SHELL = /^\s*(?:\S{0,64}\/)?(?:ba|da|z|k|a)?sh\s*$/;

const isText = (text: string | undefined): text is string => text !== undefined;
/** Lists by which a program sees what it is given. */
const GIVEN = new Set(["ENVIRON", "ARGV"]);

/** Special files of gawk that are connections. */
const NETWORK = /^\/inet[46]?\/(?:tcp|udp)\//;

/** Reads awk: `system("…")`, pipes, redirections, `getline < "…"` and gawk's `@load` and `@include`. */
export function scanAwk(code: string, sink: Sink): void {
  new AwkReader(code, sink).read();
}

/** Most calls that are carried out. */
const MAX_CALLS = 64;

class AwkReader {
  private readonly code: string;
  private readonly sink: Sink;
  private readonly tokens: readonly Token[];
  private readonly variables = new Map<string, string>();
  private at = 0;
  private nesting = 0;
  /** True between `print` and the end of its statement, where `>` redirects. */
  private printing = false;
  /** What `print` gives, where all of it is known. */
  private printed: string | undefined;
  private readonly functions: ReadonlyMap<string, AwkFunction>;
  private readonly called = new Set<AwkFunction>();
  private calls = 0;

  constructor(code: string, sink: Sink) {
    this.code = code;
    this.sink = sink;
    this.tokens = lex(code, LEXICON);
    this.functions = functionsOf(this.tokens);
  }

  read(): void {
    this.readTo(this.tokens.length);
    // What nobody calls here may be called by what is not read.
    for (const one of this.functions.values())
      if (!this.called.has(one)) {
        this.at = one.from;
        this.readTo(one.to);
      }
  }

  private readTo(end: number): void {
    while (this.at < end) {
      const token = this.tokens[this.at]!;
      if (token.kind === "name") this.word(token.text);
      else if (token.kind === "op") this.operator(token.text);
      else this.text();
    }
  }

  private op(offset: number): string {
    return opText(this.tokens[this.at + offset]);
  }

  private name(offset: number): string {
    return nameText(this.tokens[this.at + offset]);
  }

  private word(name: string): void {
    const called = this.op(1) === "(" ? this.functions.get(name) : undefined;
    const defined = name === "function" || name === "func" ? this.functions.get(this.name(1)) : undefined;
    if (defined) this.at = defined.to;
    else if (called) this.call(called);
    else if (name === "system" && this.op(1) === "(") {
      this.at += 2;
      this.run(this.concatenation());
    } else if (name === "print" || name === "printf") {
      this.at++;
      this.print(name === "printf");
    } else if (name === "getline") this.getline();
    else if (name === "@load" || name === "@include") {
      this.at++;
      const value = this.concatenation();
      if (value) this.sink.emit({ role: "runs", what: name === "@load" ? "library" : "script", value });
    } else if (this.op(1) === "=") {
      this.at += 2;
      const value = this.concatenation();
      this.assign(name, value);
      this.pipeToGetline(value);
    } else this.text();
  }

  /** A function of the code's own, carried out with what it is given. */
  private call(called: AwkFunction): void {
    this.at += 2;
    const given: (string | undefined)[] = [];
    while (this.at < this.tokens.length && this.op(0) !== ")" && given.length < called.parameters.length) {
      const before = this.at;
      given.push(this.concatenation());
      while (this.at < this.tokens.length && ![",", ")", ";", "}"].includes(this.op(0))) this.at++;
      if (this.op(0) === ",") this.at++;
      else if (this.at === before || this.op(0) !== ",") break;
    }
    this.called.add(called);
    if (++this.calls > MAX_CALLS || this.nesting >= MAX_NESTING) return;
    const back = this.at;
    for (const [index, name] of called.parameters.entries()) this.assign(name, given[index]);
    this.nesting++;
    this.at = called.from;
    this.readTo(called.to);
    this.nesting--;
    this.at = back;
  }

  private assign(name: string, value: string | undefined): void {
    if (value !== undefined) this.variables.set(name, value);
    else this.variables.delete(name);
  }

  private operator(op: string): void {
    this.at++;
    if (op === ";" || op === "\n" || op === "}") this.printing = false;
    else if (op === "|") {
      if (this.op(0) === "&") this.at++;
      if (this.name(0) !== "getline") this.pipe(this.concatenation());
    } else if ((op === ">" || op === ">>") && this.printing) this.file("writes");
  }

  /** What is printed; where it goes stands behind it. */
  private print(isFormatted: boolean): void {
    this.printing = true;
    const items = this.items();
    this.printed = isFormatted ? this.filled(items) : items.every(isText) ? items.join(" ") : undefined;
  }

  /** Texts between commas, up to what is none. */
  private items(): readonly (string | undefined)[] {
    const items: (string | undefined)[] = [];
    for (;;) {
      items.push(this.concatenation());
      while (this.op(0) === ")") this.at++;
      if (this.op(0) !== ",") return items;
      this.at++;
    }
  }

  private filled([template, ...items]: readonly (string | undefined)[]): string | undefined {
    if (template === undefined || !items.every(isText)) return undefined;
    const values = items.map((item) =>
      /^\d+$/.test(item) ? { kind: "number" as const, value: Number(item) } : textValue(item),
    );
    return knownText(format(this.sink, { kind: "text", text: template, known: true }, { kind: "list", items: values }));
  }

  /** Where what is printed goes to: a shell carries it out. */
  private pipe(command: string | undefined): void {
    if (this.printed !== undefined && command !== undefined && SHELL.test(command)) this.run(this.printed);
    else this.run(command);
  }

  /** A text, and the command that it is where a pipe leads to getline. */
  private text(): void {
    const before = this.at;
    const value = this.concatenation();
    if (this.at === before) this.at++;
    this.pipeToGetline(value);
  }

  private pipeToGetline(value: string | undefined): void {
    const bar = this.op(0) === ")" ? 1 : 0;
    const second = this.op(bar + 1) === "&" ? 2 : 1;
    if (this.op(bar) === "|" && this.name(bar + second) === "getline") this.run(value);
  }

  private getline(): void {
    this.at++;
    if (this.name(0) && this.op(1) === "<") this.at++;
    if (this.op(0) !== "<") return;
    this.at++;
    this.file("reads");
  }

  private file(role: "reads" | "writes"): void {
    const value = this.concatenation();
    if (!value || /^(?:-|\/dev\/std(?:in|out|err))$/.test(value)) return;
    if (!NETWORK.test(value)) this.sink.emit({ role, what: kindOfName(value), value });
  }

  private run(value: string | undefined): void {
    const text = value?.trim();
    if (text === undefined) this.sink.startsUnknown();
    else if (text && !NETWORK.test(text)) this.sink.emit({ role: "runs", what: "command", value: text, shell: true });
  }

  /** `ENVIRON["NAME"]`, `ARGV[1]` */
  private given(): string | undefined {
    const key = this.tokens[this.at + 2];
    this.at += 3;
    while (this.at < this.tokens.length && !["]", ";", "\n", "}"].includes(this.op(0))) this.at++;
    if (this.op(0) === "]") this.at++;
    if (key?.kind === "number") return entryOf(this.sink.given, String(key.value));
    return key?.kind === "string" ? entryOf(this.sink.given, key.pieces.join("")) : undefined;
  }

  /** `substr(text, from[, length])`, counted from one. */
  private substring(): string | undefined {
    this.at += 2;
    const whole = ++this.nesting < MAX_NESTING ? this.concatenation() : undefined;
    this.nesting--;
    const numbers: number[] = [];
    for (; this.op(0) === "," && this.tokens[this.at + 1]?.kind === "number"; this.at += 2)
      numbers.push(Number(this.code.slice(this.tokens[this.at + 1]!.start, this.tokens[this.at + 1]!.end)));
    if (this.op(0) !== ")") return undefined;
    this.at++;
    const from = (numbers[0] ?? 1) - 1;
    return whole?.slice(Math.max(from, 0), numbers[1] === undefined ? undefined : Math.max(from + numbers[1], 0));
  }

  /** Texts side by side are one; a variable that is not known stands as it is written. Undefined without any constant. */
  private concatenation(): string | undefined {
    let text = "";
    let constant = false;
    for (let token = this.tokens[this.at]; token; token = this.tokens[this.at]) {
      if (token.kind === "op" && (token.text === "(" || token.text === "$")) {
        if (token.text === "$") text += "$";
        this.at++;
      } else if (token.kind === "string" && !token.as) {
        text += token.pieces.filter((piece) => typeof piece === "string").join("");
        constant = true;
        this.at++;
      } else if (token.kind === "number") {
        constant ||= !text.endsWith("$");
        text += String(token.value);
        this.at++;
      } else if (token.kind === "name" && token.text === "substr" && this.op(1) === "(") {
        const part = this.substring();
        constant ||= part !== undefined;
        text += part ?? "";
      } else if (token.kind === "name" && token.text === "sprintf" && this.op(1) === "(") {
        this.at += 2;
        const filled = ++this.nesting < MAX_NESTING ? this.filled(this.items()) : undefined;
        this.nesting--;
        constant ||= filled !== undefined;
        text += filled ?? "";
      } else if (token.kind === "name" && GIVEN.has(token.text) && this.op(1) === "[") {
        const value = this.given();
        constant ||= value !== undefined;
        text += value ?? token.text;
      } else if (token.kind === "name" && token.text !== "getline" && this.op(1) !== "(" && this.op(1) !== "=") {
        const value = this.variables.get(token.text) ?? entryOf(this.sink.given, token.text);
        constant ||= value !== undefined;
        text += value ?? this.code.slice(token.start, token.end);
        this.at++;
      } else break;
      if (text.length > 65_536) return undefined;
    }
    return constant ? text : undefined;
  }
}
