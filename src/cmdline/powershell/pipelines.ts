import { runCode } from "./acts.ts";
import { MAX_DEPTH, type Session } from "./session.ts";
import { itemsOf, shownText, textOf, UNKNOWN, type Value } from "./values.ts";

/** Under which name of a variable, that nobody can write, the commands of `[PowerShell]::Create()` wait until they are invoked. */
const WAITING = "\0pipeline";
const MAX_WORDS = 256;

/** What the object is called that commands are added to. */
export const SHELL = "powershell";

const quoted = (value: Value): string => `'${shownText(value).replaceAll("'", "''")}'`;

/** Adds words to the commands that wait: a list of texts with `|` between commands. What is no text stays what it is. */
function add(words: readonly Value[], session: Session): Value {
  const known = session.variables.get(WAITING);
  const items = [...(known?.kind === "list" ? known.items : []), ...words].slice(0, MAX_WORDS);
  session.variables.set(WAITING, { kind: "list", items });
  return { kind: "type", name: SHELL };
}

const mark = (text: string): Value => ({ kind: "text", text });

/** `.AddCommand(name)`: begins a command, which takes what the one before it gives. */
export function addCommand([name]: readonly Value[], session: Session): Value {
  const isFirst = session.variables.get(WAITING) === undefined;
  return add([mark(isFirst ? "&" : "| &"), name ?? UNKNOWN], session);
}

/** `.AddArgument(value)`, `.AddParameter(name, value)`: words of the command that was added last. */
export const addArgument = (args: readonly Value[], session: Session): Value => add(args.slice(0, 1), session);
export const addParameter = ([name, value]: readonly Value[], session: Session): Value =>
  add([mark(`-${shownText(name)}`), ...(value ? [value] : [])], session);

/** Carries the commands out that wait. */
export function invokeAdded(session: Session, depth: number): Value {
  const waiting = session.variables.get(WAITING);
  session.variables.delete(WAITING);
  if (waiting?.kind !== "list" || depth >= MAX_DEPTH) return UNKNOWN;
  const brought = waiting.items.find(({ kind }) => kind === "contents" || kind === "sealed");
  const runsIt = waiting.items.some((item) => /^(?:iex|invoke-expression)$/i.test(textOf(item) ?? ""));
  if (brought && runsIt) return runCode(brought, session, depth);
  const words = waiting.items.flatMap(itemsOf).map((item) => {
    const written = textOf(item);
    return written !== undefined && /^(?:(?:\| )?&|-\w+)$/.test(written) ? written : quoted(item);
  });
  return session.evaluate(words.join(" "), depth + 1);
}
