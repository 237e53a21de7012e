import { type CodeFinding, MAX_CODE_DEPTH, MAX_FINDINGS, MAX_FOLDED, MAX_TEXT } from "./types.ts";
import { textValue, UNKNOWN, type Value } from "./values.ts";

/** Decoded texts that are kept, and the length from which one says that it was hidden. */
const MAX_DECODED = 32;
const SHORT = 8;
/** So many characters of code are given one by one where it is to be hidden. */
const MANY_SPELT = 8;

/** Reads code of a language into a sink. */
export type Scanner = (code: string, sink: Sink) => void;

/** Values that stand outside the code, by name or number. */
export type Given = Readonly<Record<string, string>>;

/** Collects findings and keeps the limits of one piece of code, also for the code inside it. */
export class Sink {
  readonly findings: CodeFinding[] = [];
  /** Texts that were folded out of several pieces: an address may show only there. */
  readonly texts: string[] = [];
  private readonly scanners: ReadonlyMap<string, Scanner>;
  /** It starts programs that it does not name. */
  obeys = false;
  /** It runs code that is not known. */
  unknown = false;
  /** Code that it runs after it has decoded it. */
  readonly hidden: string[] = [];
  /** What was decoded, and how many characters were made one by one. */
  private readonly decoded = new Set<string>();
  private spelt = 0;
  private folded = 0;
  private depth = 0;

  /** What its caller gives the code: variables by their names, arguments by their numbers. */
  readonly given: Given;

  constructor(scanners: ReadonlyMap<string, Scanner>, given: Given = {}) {
    this.scanners = scanners;
    this.given = given;
  }

  /** Notes a finding; the value stands for what it brings in. */
  emit(finding: CodeFinding): Value {
    if (this.findings.length >= MAX_FINDINGS || finding.value.trim() === "") return UNKNOWN;
    this.findings.push(finding);
    return { kind: "source", finding: this.findings.length - 1 };
  }

  /** Notes a command of the shell that is carried out. */
  shell(command: string): Value {
    return this.emit({ role: "runs", what: "command", value: command.trim(), shell: true });
  }

  /** Notes a program that is started with its arguments; nothing where there is none. */
  program([value, ...args]: readonly string[]): void {
    if (value !== undefined) this.emit({ role: "runs", what: "command", value, args });
  }

  /** What was read turns out to be run: it is the same payload in another role. */
  runSource(index: number): void {
    const finding = this.findings[index];
    if (finding)
      this.findings[index] = { ...finding, role: "runs", what: finding.what === "scriptlet" ? "scriptlet" : "script" };
  }

  /** Something is run that is not known; where the code fetches, that is what it fetched. */
  runsUnknown(): void {
    this.unknown = true;
  }

  /** A program is started that is not known. */
  startsUnknown(): void {
    this.obeys = true;
  }

  /** To be called when all code is read. */
  settle(): void {
    const fetched = this.findings.findIndex(({ role }) => role === "fetches");
    if (this.unknown && fetched >= 0) this.runSource(fetched);
  }

  /** A constant made by folding; unknown where it is longer than the limits allow. */
  fold(text: string | undefined, known = true): Value {
    if (text === undefined) return UNKNOWN;
    this.folded += text.length;
    if (text.length > MAX_TEXT || this.folded > MAX_FOLDED) return UNKNOWN;
    if (text.length > 6) this.texts.push(text);
    return textValue(text, known);
  }

  /** What was encoded in a constant. */
  decode(encoded: string | Uint8Array | undefined): Value {
    if (encoded === undefined) return UNKNOWN;
    const text = typeof encoded === "string" ? encoded : Buffer.from(encoded).toString("utf8");
    const value = this.fold(text);
    if (value.kind !== "text") return value;
    if (text.length < SHORT) this.spelt += text.length;
    else if (this.decoded.size < MAX_DECODED) this.decoded.add(text);
    return typeof encoded === "string" ? value : { ...value, bytes: encoded };
  }

  /** Code that was decoded; a text that says what it is stands for what cannot be read on. */
  runsHidden(code: string): void {
    this.hidden.push(code);
    this.emit({ role: "runs", what: "inlineCode", value: code });
  }

  private hides(code: string): boolean {
    if (this.spelt >= MANY_SPELT) return true;
    for (const text of this.decoded) if (code.includes(text)) return true;
    return false;
  }

  /** Whether so much more text may be read again; evaluation within evaluation would double it at every level. */
  affords(length: number): boolean {
    this.folded += length;
    return this.folded <= MAX_FOLDED;
  }

  /** Reads code that this code runs. */
  nested(language: string, code: string): void {
    const scanner = this.scanners.get(language);
    this.folded += code.length;
    if (!scanner || this.depth >= MAX_CODE_DEPTH || this.folded > MAX_FOLDED) return;
    if (code.length >= SHORT && this.hidden.length < MAX_DECODED && this.hides(code)) this.runsHidden(code);
    this.depth++;
    scanner(code, this);
    this.depth--;
  }
}
