import { optionFold } from "../../cmdline/normal/option-fold.ts";
import { splitArguments } from "../../cmdline/windows/tokens.ts";
import type { Collector } from "../types.ts";
import type { Reader } from "./reader.ts";

/** An action in braces, which open a word and end one: those within are part of a path or of a driver's text. */
const ACTION = /(?<=[\s"/-][Aa]?|^)\{([^}]*(?:\}(?![\s"]|$)[^}]*)*)\}?/g;

/**
 * odbcconf: `/A {ACTION arguments}` any number of times, or one action bare; `/F file` holds more of them.
 * Elements: action (its verb), regsvr (library), driver, dsn, response (file), log.
 */
export const odbcconf: Reader = (line, out, parse) => {
  const text = line.text ?? line.args.map((arg) => (/\s/.test(arg.value) ? `"${arg.value}"` : arg.value)).join(" ");
  const from = line.text === undefined ? 0 : (line.args[0]?.start ?? text.length);
  let braced = false;
  const outside = text.slice(from).replace(ACTION, (all, action: string) => {
    braced = true;
    act(action, out);
    return " ".repeat(all.length);
  });
  const args = splitArguments(" ".repeat(from) + outside);
  parse({ ...line, args });
  const bare = args.find((arg) => VERBS.has(optionFold(arg.value).toLowerCase()));
  if (!braced && bare) act(text.slice(bare.start), out);
};

const VERBS = new Set([
  "regsvr",
  "installdriver",
  "installtranslator",
  "configdriver",
  "configdsn",
  "configsysdsn",
  "setfiledsndir",
]);

/** `REGSVR c:\x.dll`, `INSTALLDRIVER "name|Driver=c:\x.dll|…"`. */
function act(text: string, out: Collector): void {
  const [, verb = "", rest = ""] = /^\s*"?(\S+?)"?(?:\s+(.*))?$/s.exec(text) ?? [];
  out.put("action", verb.toLowerCase());
  if (!VERBS.has(verb.toLowerCase())) out.tell(verb);
  const words = rest.match(/"[^"]*"?|[^\s"]+/g) ?? [];
  const unquoted = words.map((word) => word.replaceAll('"', ""));
  if (verb.toLowerCase() === "regsvr") out.put("regsvr", rest.trim().replace(/^"(.*?)"?$/s, "$1"));
  if (verb.toLowerCase() === "installdriver" || verb.toLowerCase() === "installtranslator")
    for (const part of unquoted.join(" ").split("|")) {
      const pair = /^\s*(driver|setup|translator)\s*=\s*(.+)$/i.exec(part);
      if (pair) out.put((pair[1] as string).toLowerCase(), (pair[2] as string).trim());
    }
  if (/^config(sys)?dsn$/i.test(verb)) for (const word of unquoted) out.put("dsn", word);
}
