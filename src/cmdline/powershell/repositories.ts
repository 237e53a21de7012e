import { type Call, first } from "./call.ts";
import { found } from "./session.ts";
import { shownText, UNKNOWN, type Value } from "./values.ts";

/** A place from which modules are installed, by a name: packages come from there from then on. */
export function registerRepository(call: Call): Value {
  const from = shownText(first({ ...call, input: undefined }, "sourcelocation", "location", "uri"));
  if (/^(?:https?|ftp):\/\/|^\\\\/i.test(from))
    found(call.session, {
      role: "fetches",
      what: "package",
      value: from,
      ...(from.startsWith("\\") ? {} : { where: "web" }),
    });
  return UNKNOWN;
}

/** `using module FILE`, `using assembly FILE`: both are loaded before the code begins; a name alone is looked up where modules are installed. */
export function using(call: Call): Value {
  const kind = shownText(call.bound.get("kind")).toLowerCase();
  const file = shownText(call.bound.get("name"));
  const isFile = /[\\/]|\.(?:ps[dm]1|dll|exe)$/i.test(file);
  if (isFile && kind === "module") found(call.session, { role: "runs", what: "script", value: file });
  if (isFile && kind === "assembly") found(call.session, { role: "runs", what: "assembly", value: file });
  return UNKNOWN;
}
