import { madeList, madeText, mayMake, note, type Session } from "./session.ts";
import { cast } from "./types.ts";
import { itemsOf, list, number, numberOf, text, textOf, UNKNOWN, type Value } from "./values.ts";

const LARGEST_RANGE = 10_000;

function add(left: Value, right: Value, session: Session, literals: boolean): Value {
  if (left.kind === "number") {
    const other = numberOf(right);
    return other === undefined ? UNKNOWN : number(left.number + other);
  }
  if (left.kind === "list") return madeList(session, [...left.items, ...itemsOf(right)]);
  const [a, b] = [textOf(left), textOf(right)];
  if (a === undefined || b === undefined) return partly(left, right, session);
  if (literals && (!/\s/.test(a + b) || Math.min(a.length, b.length) < 4)) note(session, "concatenation", a + b);
  return madeText(session, a + b);
}

/** A text of which one side is not known: good for names, useless as code. */
function partly(left: Value, right: Value, session: Session): Value {
  if (left.kind === "contents") return left;
  if (left.kind === "unknown" && left.source !== "" && right.kind === "text")
    return madeText(session, left.source + right.text);
  if (left.kind === "text" && right.kind === "unknown" && right.source !== "")
    return madeText(session, left.text + right.source);
  return UNKNOWN;
}

function times(left: Value, right: Value, session: Session): Value {
  const count = numberOf(right);
  if (count === undefined) return UNKNOWN;
  if (left.kind === "number") return number(left.number * count);
  const once = textOf(left);
  if (once === undefined || count < 0 || once.length * count > 100_000) return UNKNOWN;
  return madeText(session, once.repeat(Math.floor(count)));
}

function arithmetic(name: string, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a === undefined || b === undefined) return UNKNOWN;
  if (name === "-") return number(a - b);
  if (name === "/") return b === 0 ? UNKNOWN : number(a / b);
  if (name === "%") return b === 0 ? UNKNOWN : number(a % b);
  if (name === "bxor") return number(a ^ b);
  if (name === "band") return number(a & b);
  if (name === "bor") return number(a | b);
  return name === "shl" ? number(a << b) : number(a >> b);
}

function range(left: Value, right: Value, session: Session): Value {
  const [from, to] = [numberOf(left), numberOf(right)];
  if (from === undefined || to === undefined || Math.abs(to - from) > LARGEST_RANGE) return UNKNOWN;
  if (!mayMake(session, Math.abs(to - from) + 1)) return UNKNOWN;
  const step = to < from ? -1 : 1;
  return madeList(
    session,
    Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => number(from + index * step)),
  );
}

/** What a comparison of two known numbers or texts comes to; undefined for all others. */
function compare(name: string, left: Value, right: Value): boolean | undefined {
  const order = /^[ic]?(eq|ne|lt|le|gt|ge)$/.exec(name)?.[1];
  if (order === undefined || left.kind === "list" || left.kind === "block") return undefined;
  const numeric = left.kind === "number";
  const [a, b] = numeric ? [left.number, numberOf(right)] : [textOf(left)?.toLowerCase(), textOf(right)?.toLowerCase()];
  if (a === undefined || b === undefined) return undefined;
  if (order === "eq" || order === "ne") return (a === b) === (order === "eq");
  if (order === "lt" || order === "ge") return a < b === (order === "lt");
  return a > b === (order === "gt");
}

/** `'{1}{0}' -f 'b','a'`; alignment and number formats are left out. */
function format(template: string, args: readonly Value[], session: Session): Value {
  const order: number[] = [];
  let missing = false;
  const made = template.replace(/\{\{|\}\}|\{(\d{1,4})(?:[,:][^{}]{0,32})?\}/g, (whole, index: string | undefined) => {
    if (index === undefined) return whole[0]!;
    order.push(Number(index));
    const value = textOf(args[Number(index)]);
    if (value === undefined) missing = true;
    return value ?? whole;
  });
  if (order.some((value, at) => at > 0 && value < order[at - 1]!)) note(session, "concatenation", made, 0.8);
  return missing && order.length === 0 ? UNKNOWN : madeText(session, made);
}

function join(values: Value, separator: string, session: Session): Value {
  const parts = itemsOf(values).map(textOf);
  if (parts.some((part) => part === undefined))
    return itemsOf(values).find((one) => one.kind === "contents") ?? UNKNOWN;
  const made = parts.join(separator);
  if (parts.length > 3 && parts.every((part) => part!.length === 1)) note(session, "concatenation", made, 0.8);
  return madeText(session, made);
}

/** Text that a pattern without any operator matches; undefined for a real pattern, which is not run. */
function literalPattern(pattern: string): string | undefined {
  const bare = pattern.replace(/\\([^A-Za-z0-9])/g, "\u0000$1");
  if (/(?:^|[^\u0000])[.*+?()[{|^$\\]/.test(bare)) return undefined;
  return bare.replaceAll("\u0000", "");
}

/** `-replace` with a literal or with alternatives of literals; real patterns are not run. */
function replace(left: Value, right: Value, caseless: boolean, session: Session): Value {
  const [subject, pair] = [textOf(left), itemsOf(right)];
  const pattern = textOf(pair[0]);
  const other = pair.length > 1 ? textOf(pair[1]) : "";
  if (subject === undefined || pattern === undefined || other === undefined)
    return left.kind === "contents" ? left : UNKNOWN;
  const whole = literalPattern(pattern);
  const literals = whole === undefined ? pattern.split("|", 16).map(literalPattern) : [whole];
  if (literals.some((one) => one === undefined)) return { kind: "unknown", source: subject };
  return literals.reduce<Value>(
    (value, one) =>
      value.kind === "text" ? replaced(value.text, one!, other.replace(/\$\$/g, "$"), caseless, session) : value,
    madeText(session, subject),
  );
}

/** `subject` with every `wanted` replaced. */
export function replaced(subject: string, wanted: string, other: string, caseless: boolean, session: Session): Value {
  if (wanted === "") return madeText(session, subject);
  const lower = caseless && subject.toLowerCase().length === subject.length;
  const parts = lower ? splitLower(subject, wanted.toLowerCase()) : subject.split(wanted);
  if (parts.length * other.length > 1_000_000) return UNKNOWN;
  if (parts.length > 1) note(session, "concatenation", parts.join(other), 0.5);
  return madeText(session, parts.join(other));
}

function splitLower(subject: string, wanted: string): string[] {
  const lower = subject.toLowerCase();
  const parts: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(subject.slice(from, at));
    from = at + wanted.length;
  }
  return [...parts, subject.slice(from)];
}

export function split(subject: string | undefined, separators: readonly string[], session: Session): Value {
  if (subject === undefined) return UNKNOWN;
  let parts = [subject];
  for (const separator of separators.slice(0, 64)) {
    if (separator !== "") parts = parts.flatMap((part) => part.split(separator));
  }
  return madeList(
    session,
    parts.map((part) => ({ kind: "text", text: part })),
  );
}

/** Patterns that split a text after every so many characters: `(..)`, whose gaps are left empty, and `(?<=\G.{2})`. */
const PIECES = /^(?:\((\.{1,8})\)|\(\.(\{[1-9]\})\)|\(\?<=\\G(?:(\.{1,8})|\.(\{[1-9]\}))\))$/;

function pieces(subject: string | undefined, length: number, session: Session): Value {
  const parts = subject?.match(new RegExp(`.{1,${length}}`, "gs"));
  return parts
    ? madeList(
        session,
        parts.map((part) => text(part)),
      )
    : UNKNOWN;
}

/** Result of a binary operator; `literals` tells that both sides are literals, which nobody needs to put together. */
export function operate(name: string, left: Value, right: Value, session: Session, literals: boolean): Value {
  if (name === "+") return add(left, right, session, literals);
  if (name === "*") return times(left, right, session);
  if (name === "..") return range(left, right, session);
  if (/^(?:-|\/|%|bxor|band|bor|shl|shr)$/.test(name)) return arithmetic(name, left, right);
  if (name === "f") return format(textOf(left) ?? "", itemsOf(right), session);
  if (name === "join") return join(left, textOf(right) ?? "", session);
  if (/^[ic]?replace$/.test(name)) return replace(left, right, name[0] !== "c", session);
  if (/^[ic]?split$/.test(name)) {
    const pattern = textOf(itemsOf(right)[0] ?? right);
    const length = PIECES.exec(pattern ?? "")
      ?.slice(1)
      .find(Boolean);
    if (length !== undefined)
      return pieces(textOf(left), length.startsWith("{") ? Number(length[1]) : length.length, session);
    const literal = pattern === undefined ? undefined : literalPattern(pattern);
    return literal === undefined ? UNKNOWN : split(textOf(left), [literal], session);
  }
  // `-ne ""` takes away what is empty, as `-split` leaves it.
  if (/^[ic]?ne$/.test(name) && left.kind === "list" && textOf(right) === "")
    return list(left.items.filter((item) => textOf(item) !== ""));
  const compared = compare(name, left, right);
  if (compared !== undefined) return text(compared ? "True" : "False");
  return name === "as" && right.kind === "type" ? cast(right.name, left, session) : UNKNOWN;
}

/** Result of an operator before its operand. */
export function operateAlone(name: string, value: Value, session: Session): Value {
  if (name === "join") return join(value, "", session);
  if (/^[ic]?split$/.test(name)) {
    const subject = textOf(value);
    return subject === undefined
      ? UNKNOWN
      : madeList(
          session,
          subject
            .trim()
            .split(/\s+/)
            .map((part) => ({ kind: "text", text: part })),
        );
  }
  if (name === ",") return list([value]);
  const known = numberOf(value);
  if (known === undefined) return UNKNOWN;
  return name === "-" ? number(-known) : name === "+" ? number(known) : name === "bnot" ? number(~known) : UNKNOWN;
}
