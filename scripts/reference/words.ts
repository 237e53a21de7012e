import { AMBIENT, type Ambient } from "../../src/catalog/ambient.ts";
import type { Behaviour, Binding, Condition, Test } from "../../src/catalog/types.ts";

/** More values than this of one list are counted, not shown. */
const SHOWN = 6;

/** A code span that holds whatever stands in it; in a table a bar would end the cell. */
export function code(text: string): string {
  const clean = text.replace(/[\r\n]+/g, " ");
  return clean.includes("`") ? `\`\` ${clean} \`\`` : `\`${clean}\``;
}

/** Prose in which nothing is taken for markup. */
export const prose = (text: string): string => text.replace(/[\\`*_<>[\]]/g, "\\$&");

export const inTable = (text: string): string => text.replaceAll("|", "\\|");

function some(values: readonly string[], last: string): string {
  const shown = values.slice(0, SHOWN).map(code);
  if (values.length > SHOWN) return `${shown.join(", ")} ${last} ${values.length - SHOWN} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} ${last} ${shown.at(-1)}` : (shown[0] ?? "");
}

function element(name: string): string {
  if (name.startsWith("$env.")) return `the variable ${code(name.slice(5))}`;
  return name in AMBIENT ? AMBIENT[name as Ambient] : code(name);
}

function testWords(test: Test): string {
  const name = element(test.element);
  if (test.present === false) return `no ${name}`;
  const is = [
    test.is && `is ${some(test.is, "or")}`,
    test.not && `is not ${some(test.not, "or")}`,
    test.ext && `ends in ${some(test.ext, "or")}`,
    test.has?.some((part) => part !== "") && `holds ${some(test.has, "or")}`,
    test.remote !== undefined && (test.remote ? "comes from another machine" : "is of this machine"),
    test.kind && `is a value of the kind ${some(test.kind, "or")}`,
    test.code && `is ${test.code.language} that ${test.code.roles.join(" and ")} something`,
  ].filter(Boolean);
  return is.length > 0 ? `${name} ${is.join(" and ")}` : `${name} is given`;
}

/** A disjunction of conditions as words; empty where it always holds. */
export function conditionWords(conditions: readonly Condition[]): string {
  const all = conditions.map((tests) => tests.map(testWords).join(", "));
  const shown = all.slice(0, SHOWN);
  if (all.length > SHOWN) shown.push(`in other cases (${all.length - SHOWN})`);
  return shown.join("; or ");
}

function bindingWords({ role, what, from, value, where, when }: Binding): string {
  const kind = what === "auto" ? "what" : `the ${what.replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`)}`;
  const place =
    from.length > 0
      ? `that ${from.map(element).join(" or ")} ${from.length > 1 ? "name" : "names"}`
      : `at ${code(value ?? "")}${where === undefined || where === "local" ? "" : ` (${where})`}`;
  return `${role} ${kind} ${place}${when ? ` (if ${conditionWords(when)})` : ""}`;
}

/** What a behaviour makes of the arguments. */
export const bindingsWords = ({ bindings }: Behaviour): string => bindings.map(bindingWords).join("; ");
