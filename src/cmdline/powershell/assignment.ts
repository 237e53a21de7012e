import { type Cursor, MAX_NEST } from "./expression.ts";
import { operate } from "./operators.ts";
import { skipTrivia } from "./scan.ts";
import { type Session, setVariable } from "./session.ts";
import { number, numberOf, shownText, type Value } from "./values.ts";

const TARGET =
  /^(?:\[[^\]]{0,128}\]\s{0,8}){0,8}\$(?:\{([^}]{1,128})\}|([\w:]{1,128}))(?:\.\w{1,64}){0,4}?(?:\.(\w{1,64})|\[([^\]]{1,128})\])?$/;

/**
 * Carries out `target = …` where an assignment follows; true where one did.
 * @param readStatement reads what is given
 */
export function readAssignment(
  cursor: Cursor,
  start: number,
  old: Value,
  readStatement: (cursor: Cursor) => Value,
): boolean {
  const at = skipTrivia(cursor.code, cursor.at);
  const sign = /^(\+|-|\*|\/|%|\?\?)?=(?!=)/.exec(cursor.code.slice(at, at + 4));
  if (!sign) return readStep(cursor, start, old);
  const target = targetOf(cursor, start);
  cursor.at = skipTrivia(cursor.code, at + sign[0].length, true);
  if (cursor.nest >= MAX_NEST) return true;
  cursor.nest++;
  const given = readStatement(cursor);
  cursor.nest--;
  if (!target) return true;
  // What nothing has set yet is nothing, and grows by what is added.
  const isNew = sign[1] === "+" && !target.member && !target.place && !cursor.session.variables.has(target.name);
  const changes = sign[1] && sign[1] !== "??" && !(isNew && old.kind === "unknown");
  const value = changes ? operate(sign[1]!, old, given, cursor.session, false) : given;
  if (target.member) setMember(cursor.session, target.name, target.member, value);
  else if (target.place) setElement(cursor, target.name, target.place, value);
  else setVariable(cursor.session, target.name, value);
  if (given.kind === "block") cursor.session.evaluate(given.code, cursor.depth + 1);
  return true;
}

/** `$i++` and `$i--`. */
function readStep(cursor: Cursor, start: number, old: Value): boolean {
  const sign = /^(?:\+\+|--)/.exec(cursor.code.slice(cursor.at, cursor.at + 2))?.[0];
  const target = sign && old.kind === "number" ? targetOf(cursor, start) : undefined;
  if (!sign || !target || old.kind !== "number") return false;
  cursor.at += 2;
  if (!target.member && !target.place)
    setVariable(cursor.session, target.name, number(old.number + (sign === "++" ? 1 : -1)));
  return true;
}

interface Target {
  readonly name: string;
  readonly member: string | undefined;
  /** Code that says which element of it. */
  readonly place: string | undefined;
}

/** What stands from `start` to the cursor, as something that takes a value. */
function targetOf({ code, at }: Cursor, start: number): Target | undefined {
  const target = TARGET.exec(code.slice(start, Math.min(at, start + 512)).trim());
  if (!target) return undefined;
  const name = (target[1] ?? target[2]!).toLowerCase().replace(/^(?:global|script|local|private):/, "");
  return { name, member: target[3]?.toLowerCase(), place: target[4] };
}

function setMember(session: Session, name: string, member: string, value: Value): void {
  const owner = session.variables.get(name);
  if (owner?.kind === "map" && owner.entries.size < 256) (owner.entries as Map<string, Value>).set(member, value);
  if (owner?.kind !== "object" || owner.args.length > 16) return;
  session.variables.set(name, {
    ...owner,
    args: [...owner.args, { kind: "map", entries: new Map([[member, value]]) }],
  });
}

/** `$list[place] = …`: lists are changed where they are, as every name for them shows. */
function setElement(cursor: Cursor, name: string, place: string, value: Value): void {
  const owner = cursor.session.variables.get(name);
  const at = cursor.session.evaluate(place, cursor.depth + 1);
  const index = numberOf(at);
  if (owner?.kind === "map") setMember(cursor.session, name, shownText(at).toLowerCase(), value);
  if (index === undefined || index < 0) return;
  const byte = numberOf(value);
  if (owner?.kind === "bytes" && byte !== undefined && index < owner.bytes.length) owner.bytes[index] = byte;
  if (owner?.kind === "list" && index < owner.items.length) (owner.items as Value[])[index] = value;
}
