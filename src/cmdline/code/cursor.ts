import { nameText, opText, type Token } from "./lex.ts";

const ASSIGNS = new Set(["=", ":=", "<-", "<<-", "+=", ".=", "&=", "||="]);
const MAX_PATH = 8;

/** A place among tokens. */
export class Cursor {
  readonly tokens: readonly Token[];
  at = 0;
  /** Open brackets, inside which a newline ends nothing. */
  brackets = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(): Token | undefined {
    if (this.brackets > 0) while (opText(this.tokens[this.at]) === "\n") this.at++;
    return this.tokens[this.at];
  }

  /** The name `offset` tokens ahead; empty where no name stands there. */
  word(offset: number): string {
    return nameText(this.tokens[this.at + offset]);
  }

  /** What stands in the code for the tokens from one place up to another. */
  source(code: string, from: number, to: number): string {
    const first = this.tokens[from];
    return first ? code.slice(first.start, this.tokens[to - 1]?.end ?? first.end).slice(0, 256) : "";
  }

  isOp(...texts: readonly string[]): boolean {
    return texts.includes(opText(this.peek()));
  }

  /** Takes `a.b.c =` and gives the names and the operator; takes nothing where that does not stand here. */
  takeTarget(members: ReadonlySet<string>): { readonly names: readonly string[]; readonly op: string } | undefined {
    const names: string[] = [];
    this.peek();
    for (let at = this.at; names.length < MAX_PATH; at += 2) {
      const name = this.tokens[at];
      if (name?.kind !== "name") return undefined;
      names.push(name.text);
      const op = opText(this.tokens[at + 1]);
      if (ASSIGNS.has(op)) {
        this.at = at + 2;
        return { names, op };
      }
      if (!members.has(op)) return undefined;
    }
    return undefined;
  }

  /** Takes `name =`, `name:` or `"name" =>` before a value inside the bracket that `close` closes; else empty. */
  takeKey(close: string): string {
    const key = this.peek();
    const sign = opText(this.tokens[this.at + 1]);
    if (key?.kind !== "name" && key?.kind !== "string") return "";
    const word = key.kind === "name";
    const keyed =
      sign === "=>" || (word && close === ")" && [":", "=", ":="].includes(sign)) || (close === "}" && sign === ":");
    if (!keyed) return "";
    this.at += 2;
    return word ? key.text : String(key.pieces[0] ?? "");
  }
}
