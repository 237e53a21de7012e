import { bareArguments, group } from "./arguments.ts";
import { Cursor } from "./cursor.ts";
import { add, elementOf, isKnown, join, writtenAs } from "./folding.ts";
import { findHandler, type Language, pathOf } from "./language.ts";
import { promised } from "./languages/renames.ts";
import { lex, type Token } from "./lex.ts";
import type { Piece } from "./literals.ts";
import { operate, rankOf } from "./operators.ts";
import { lambda } from "./repeated.ts";
import type { Sink } from "./sink.ts";
import { MAX_NESTING, MAX_PATH, MAX_TEXT } from "./types.ts";
import { type Group, textOf, textValue, UNKNOWN, type Value } from "./values.ts";

/** Folds the constants of a code and reports its calls. Each token is read once; nothing is run. */
export function evaluate(code: string, language: Language, sink: Sink): void {
  new Evaluator(code, language, sink, new Map(language.globals), 0).statements();
}

/** Operators before an operand. */
const SIGNS = new Set(["-", "+", "!", "@", "&", "\\", "*"]);

/** Assignments that put something behind what a variable holds. */
const APPENDS = new Set(["+=", ".=", "&="]);

class Evaluator extends Cursor {
  private readonly code: string;
  readonly language: Language;
  readonly sink: Sink;
  private readonly variables: Map<string, Value>;
  private nesting: number;

  constructor(code: string, language: Language, sink: Sink, variables: Map<string, Value>, nesting: number) {
    super(lex(code, language.lexicon));
    this.code = code;
    this.language = language;
    this.sink = sink;
    this.variables = variables;
    this.nesting = nesting;
  }

  private readonly span = (from: number, to: number) => this.source(this.code, from, to);
  private readonly named = (alias: string, path: string) => this.variables.set(alias, { kind: "name", path });

  statements(): void {
    while (this.at < this.tokens.length) {
      const before = this.at;
      if (!this.language.statement?.(this, this.named)) this.expression();
      if (this.at === before) this.at++;
    }
  }

  bind(name: string, value: Value): void {
    this.variables.set(name, value);
  }

  expression(): Value {
    return this.deeper(() => this.joined());
  }

  private deeper(read: () => Value): Value {
    if (this.nesting >= MAX_NESTING) return UNKNOWN;
    this.nesting++;
    const value = read();
    this.nesting--;
    return value;
  }

  private joined(): Value {
    const target = this.takeTarget(this.language.members);
    if (target) return this.assign(target.names.map((name) => this.fold(name)).join("."), target.op, this.expression());
    return this.operated(0);
  }

  /** Operands and the operators between them that bind more tightly than `least`. */
  private operated(least: number): Value {
    const start = this.at;
    let left = this.operand();
    for (;;) {
      const op = this.peek();
      if (op?.kind !== "op" || start === this.at) return left;
      const rank = rankOf(op.text, left, this.language);
      if (rank <= least) return left;
      this.at++;
      const from = this.at;
      const right = this.operated(rank);
      left = this.language.joins.has(op.text)
        ? join(this.sink, left, this.span(start, from - 1), right, this.span(from, this.at))
        : operate(this.sink, op.text, left, right);
    }
  }

  private assign(path: string, op: string, value: Value): Value {
    const target = this.language.canonical?.(path) ?? path;
    const whole = APPENDS.has(op) ? add(this.sink, this.variables.get(target) ?? UNKNOWN, value) : value;
    this.variables.set(target, whole);
    return whole;
  }

  private operand(): Value {
    let value = this.primary();
    for (let before = -1; before !== this.at; ) {
      before = this.at;
      value = this.postfix(value);
    }
    return value;
  }

  private primary(): Value {
    const token = this.peek();
    if (!token) return UNKNOWN;
    if (token.kind === "string") return this.literals(token);
    if (token.kind === "number") {
      this.at++;
      return { kind: "number", value: token.value };
    }
    if (token.kind === "name") {
      if (token.text === "lambda" && this.language.comprehends) return this.deeper(() => lambda(this));
      this.at++;
      const text = this.fold(token.text);
      if (this.language.prefixes.has(text) && !this.isOp("=", ",", ")", ";", ".")) return this.expression();
      return this.lookUp(text);
    }
    return this.operator(token.text);
  }

  private operator(text: string): Value {
    if (text === "(" || text === "[") {
      const { items, trailing } = group(this, text === "(" ? ")" : "]");
      return text === "(" && items.length === 1 && !trailing ? items[0]! : { kind: "list", items };
    }
    if (this.language.members.has(text) && this.word(1)) {
      // Inside `With … End With` a member stands without its object.
      this.at += 2;
      return { kind: "name", path: `*.${this.fold(this.word(-1))}` };
    }
    if (text === "{") {
      const { items, named } = group(this, "}");
      return { kind: "object", entries: named, items };
    }
    if (SIGNS.has(text)) {
      this.at++;
      const value = this.deeper(() => this.operand());
      return text === "-" && value.kind === "number" ? { kind: "number", value: -value.value } : value;
    }
    return UNKNOWN;
  }

  fold(name: string): string {
    return this.language.ignoresCase ? name.toLowerCase() : name;
  }

  private lookUp(path: string): Value {
    const canonical = this.language.canonical?.(path) ?? path;
    return this.variables.get(canonical) ?? { kind: "name", path: canonical };
  }

  private literal(token: Token & { kind: "string" }): Value {
    this.at++;
    if (token.as === "skip") return UNKNOWN;
    const value = this.put(token.pieces);
    return token.as ? writtenAs(this.sink, token.as, value) : value;
  }

  /** Literals side by side are one, where the language says so. */
  private literals(token: Token & { kind: "string" }): Value {
    let value = this.literal(token);
    if (!this.language.juxtaposes || (token.as && token.as !== "bytes")) return value;
    for (let next = this.peek(); next?.kind === "string" && next.as === token.as; next = this.peek())
      value = add(this.sink, value, this.literal(next));
    return value;
  }

  private put(pieces: readonly Piece[]): Value {
    let text = "";
    let certain = true;
    for (const piece of pieces) {
      const value = typeof piece === "string" ? textValue(piece) : this.inner(piece.code);
      const part = textOf(value);
      certain &&= part !== undefined && isKnown(value);
      text += part ?? (typeof piece === "string" ? piece : piece.code);
      if (text.length > MAX_TEXT) return UNKNOWN;
    }
    return pieces.length > 1 || text.length > 6 ? this.sink.fold(text, certain) : textValue(text, certain);
  }

  /** The value of an interpolated expression. */
  private inner(code: string): Value {
    const expression = this.language.expression?.(code) ?? code;
    if (this.nesting >= MAX_NESTING) return UNKNOWN;
    return new Evaluator(expression, this.language, this.sink, this.variables, this.nesting + 4).expression();
  }

  private postfix(value: Value): Value {
    if (value.kind === "object" ? this.isOp("(") : this.language.spaced && value.kind !== "name") return value;
    const token = this.peek();
    if (token?.kind === "op") {
      if (this.language.members.has(token.text)) return this.member(value);
      if (token.text === "(") {
        promised(this, value, (name, given) => this.bind(name, given));
        return this.call(value, group(this, ")"));
      }
      if (token.text === "[") return this.element(value, group(this, "]").items);
      if (token.text === "{" && value.kind === "name" && this.takesBare(value.path))
        return this.call(value, bareArguments(this));
      return value;
    }
    if (token === undefined || value.kind !== "name" || !this.takesBare(value.path)) return value;
    return this.call(value, bareArguments(this));
  }

  private takesBare(path: string): boolean {
    return this.language.bare?.(path) === true && findHandler(this.language, path) !== undefined;
  }

  private member(value: Value): Value {
    const name = this.tokens[this.at + 1];
    if (name?.kind !== "name") return value;
    this.at += 2;
    return this.memberOf(value, this.fold(name.text));
  }

  private memberOf(value: Value, name: string): Value {
    if (value.kind === "object") return value.entries.get(name) ?? { kind: "method", receiver: value, name };
    return value.kind === "name" && value.path.length < MAX_PATH
      ? this.lookUp(`${value.path}.${name}`)
      : { kind: "method", receiver: value, name };
  }

  private element(value: Value, [index]: readonly Value[]): Value {
    const member = index?.kind === "text" && (value.kind === "name" || value.kind === "object");
    return member ? this.memberOf(value, this.fold(index.text)) : elementOf(value, index);
  }

  private call(callee: Value, { items, named }: Pick<Group, "items" | "named">): Value {
    if (callee.kind === "function") return this.deeper(() => callee.call(items));
    const path = pathOf(this.language, callee);
    const handler = path === "" ? undefined : findHandler(this.language, path);
    const receiver = callee.kind === "method" ? { receiver: callee.receiver } : undefined;
    return handler?.({ path, args: items, named, sink: this.sink, ...receiver }) ?? UNKNOWN;
  }
}
