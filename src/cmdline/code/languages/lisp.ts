import type { PayloadWhat, Role } from "../../../model/payload.ts";
import { joinBounded } from "../bounded.ts";
import { kindOfName } from "../kinds.ts";
import { DOUBLE, readLiteral } from "../literals.ts";
import type { Sink } from "../sink.ts";
import { MAX_NESTING } from "../types.ts";

/** A form: text, symbol, or list; a form that is quoted is read like one that is not. */
type Form = { readonly text: string } | { readonly symbol: string } | { readonly list: readonly Form[] };

type Meaning =
  /** Argument `n` is text for a shell. */
  | { readonly shell: number }
  /** Arguments from `n` are a program and, `rest` further on, its arguments; `skip` of them are its own name. */
  | { readonly program: number; readonly rest?: number; readonly skip?: number }
  | { readonly file: number; readonly role: Role; readonly what?: PayloadWhat };

const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...names(
    "shell-command async-shell-command shell-command-to-string eshell-command compile grep system ext:run-shell-command ext:shell shell",
    { shell: 0 },
  ),
  ...names(
    "run-shell-command uiop:run-program asdf:run-shell-command excl:run-shell-command si:system open-input-pipe open-output-pipe ext:make-pipe-input-stream",
    { shell: 0 },
  ),
  ...names("call-process-shell-command shell-command-on-region", { shell: 0 }),
  ...names("start-process-shell-command start-file-process-shell-command", { shell: 2 }),
  ...names("open-pipe", { shell: 0 }),
  ...names("term ansi-term serial-term make-term eat vterm", { program: 0 }),
  ...names("call-process process-file", { program: 0, rest: 3 }),
  ...names("start-process start-file-process", { program: 2 }),
  ...names("call-process-region", { program: 2, rest: 3 }),
  ...names("process-lines system* ext:run-program run-program sb-ext:run-program ext:execute", { program: 0 }),
  ...names("open-pipe*", { program: 1 }),
  ...names("execl execlp primitive-execl", { program: 0, skip: 1 }),
  ...names("load load-file load-library primitive-load native-load", { file: 0, role: "runs", what: "script" }),
  ...names("module-load load-extension dynamic-link load-foreign-library load-shared-object", {
    file: 0,
    role: "runs",
    what: "library",
  }),
  ...names(
    "find-file insert-file insert-file-contents find-file-literally view-file open-input-file call-with-input-file with-open-file",
    { file: 0, role: "reads" },
  ),
  ...names("write-file open-output-file call-with-output-file", { file: 0, role: "writes" }),
  ...names("write-region append-to-file", { file: 2, role: "writes" }),
  ...names("url-retrieve url-retrieve-synchronously eww", { file: 0, role: "fetches" }),
  ...names("url-copy-file", { file: 0, role: "fetches" }),
]);

function names(list: string, meaning: Meaning): [string, Meaning][] {
  return list.split(" ").map((name) => [name, meaning]);
}

const JOINS = new Set(["concat", "string-append", "strcat", "format"]);

/** Reads Emacs Lisp, Scheme and Common Lisp: the calls whose name is in the table, wherever they stand. */
export function scanLisp(code: string, sink: Sink): void {
  const stack: Form[][] = [[]];
  const known = new Map<string, Form>();
  let at = 0;
  while (at < code.length) {
    const c = code[at]!;
    if (c === "(" || c === "[") {
      if (stack.length < MAX_NESTING) stack.push([]);
      at++;
    } else if (c === ")" || c === "]") {
      if (stack.length > 1) {
        const form = reduce(stack.pop()!, sink);
        bind(form, stack, known);
        stack.at(-1)!.push(form);
      }
      at++;
    } else if (c === '"') {
      const { end, pieces } = readLiteral(code, at + 1, DOUBLE);
      stack.at(-1)!.push({ text: pieces.join("") });
      at = end;
    } else if (c === ";") {
      const end = code.indexOf("\n", at);
      at = end < 0 ? code.length : end;
    } else if (/[\s'`,#@]/.test(c)) at++;
    else {
      const start = at;
      while (at < code.length && !/[\s()[\]"';]/.test(code[at]!)) at++;
      const symbol = code.slice(start, at);
      const value = stack.at(-1)!.length > 0 ? known.get(symbol) : undefined;
      stack.at(-1)!.push(value ?? { symbol });
    }
  }
  while (stack.length > 1) {
    const form = reduce(stack.pop()!, sink);
    stack.at(-1)!.push(form);
  }
}

const SETS = new Set(["setq", "setf", "define", "defvar", "defconst", "defparameter", "set!"]);

/** `(setq name "text")`, and `(name "text")` among the variables of a `let`. */
function bind(form: Form, stack: readonly Form[][], known: Map<string, Form>): void {
  if (!("list" in form)) return;
  const [head] = form.list;
  const holder = stack.at(-2)?.[0];
  const inLet = stack.at(-2)?.length === 1 && holder !== undefined && "symbol" in holder && /^let/.test(holder.symbol);
  const [name, value] = head && "symbol" in head && SETS.has(head.symbol) ? form.list.slice(1) : inLet ? form.list : [];
  if (name && value && "symbol" in name && "text" in value) known.set(name.symbol, value);
}

const textOf = (form: Form | undefined): string | undefined => (form && "text" in form ? form.text : undefined);

function texts(forms: readonly Form[]): string[] {
  return forms.flatMap((form) => ("text" in form ? [form.text] : "list" in form ? texts(form.list) : []));
}

/** A finished list: its call is reported, and its value folded where it joins constants. */
function reduce(list: readonly Form[], sink: Sink): Form {
  const [head, ...args] = list;
  if (!head || !("symbol" in head)) return { list };
  const meaning = MEANINGS.get(head.symbol);
  if (meaning) report(meaning, args, sink);
  const command =
    head.symbol === "make-process"
      ? args[args.findIndex((each) => "symbol" in each && each.symbol === ":command") + 1]
      : undefined;
  if (command && "list" in command) sink.program(texts(command.list));
  if (JOINS.has(head.symbol) && args.every((each) => "text" in each))
    return { text: joinBounded(texts(args), "") ?? "" };
  return { list };
}

function report(meaning: Meaning, args: readonly Form[], sink: Sink): void {
  if ("shell" in meaning) {
    const value = textOf(args[meaning.shell]);
    if (value !== undefined) sink.emit({ role: "runs", what: "command", value, shell: true });
    else if (args.length > 0 && "list" in args[0]!) sink.program(texts([args[0]]));
    return;
  }
  if ("program" in meaning) {
    const value = textOf(args[meaning.program]);
    const rest = args.slice(meaning.program + 1 + (meaning.rest ?? 0));
    if (value !== undefined) sink.program([value, ...texts(rest).slice(meaning.skip ?? 0)]);
    return;
  }
  const value = textOf(args[meaning.file]);
  if (value !== undefined) sink.emit({ role: meaning.role, what: meaning.what ?? kindOfName(value), value });
}
