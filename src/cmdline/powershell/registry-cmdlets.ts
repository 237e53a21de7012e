import { normalRegistry } from "../normal/registry.ts";
import { contentsOf, registryChange } from "./acts.ts";
import { type Call, first, writesTo } from "./call.ts";
import { namesCommand } from "./drives.ts";
import { found } from "./session.ts";
import { itemsOf, REGISTRY_KEY, shownText, text, UNKNOWN, type Value } from "./values.ts";

export const isRegistry = (path: string) => normalRegistry(path) !== undefined;

/** Values of the registry: one by its name, or the key whose properties they are. */
export function readRegistry(call: Call): Value {
  const path = shownText(first(call, "path", "literalpath"));
  if (!isRegistry(path)) return UNKNOWN;
  const name = shownText(call.bound.get("name"));
  const key: Value = { kind: "object", type: REGISTRY_KEY, args: [text(path)] };
  return name === "" ? key : contentsOf(text(`${path}\\${name}`), call.session);
}

const valueNamed = (name: string): readonly string[] =>
  name === "" || name.toLowerCase() === "(default)" ? ["/ve"] : ["/v", name];

/** Writes a value of the registry: listed as written, and as a change of its own. */
export function registryValue(call: Call): Value {
  const path = shownText(call.bound.get("path") ?? call.bound.get("literalpath"));
  const name = shownText(call.bound.get("name"));
  const data = shownText(call.bound.get("value"));
  found(call.session, { role: "writes", what: "config", value: name ? `${path}\\${name}` : path });
  if ((data === "" && call.bound.get("value")?.kind !== "text") || !isRegistry(path)) return UNKNOWN;
  registryChange("Set-ItemProperty", "add", path, [...valueNamed(name), "/d", data], call.session);
  return UNKNOWN;
}

/** Takes a key of the registry or one of its values away. */
export function removeItem(call: Call): Value {
  for (const item of itemsOf(first(call, "path", "literalpath") ?? UNKNOWN)) {
    const path = shownText(item);
    const name = shownText(call.bound.get("name"));
    if (isRegistry(path))
      registryChange("Remove-ItemProperty", "delete", path, name === "" ? [] : ["/v", name], call.session);
  }
  return UNKNOWN;
}

export function newItem(call: Call): Value {
  if (namesCommand(call)) return UNKNOWN;
  const path = call.bound.get("path");
  if (isRegistry(shownText(path))) return registryValue(call);
  if (!/^(?:dir|key)/i.test(shownText(call.bound.get("itemtype")))) writesTo(call.session, path);
  return UNKNOWN;
}
