import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import type { Reader } from "./reader.ts";

/**
 * rundll32 cuts its own line: the library ends at the closing quote, else at the first blank or comma; then any blanks and commas;
 * then the export, up to a blank or comma; the rest is the export's argument as written.
 * Elements: library, entry, argument, code (a script moniker before the library), clsid (of -sta, -localserver).
 */
export const rundll32: Reader = (line, out) => {
  // An argv has no quotes; where a word holds blanks, the line had them.
  const quoted = (word: string) => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word);
  const text = line.text ?? line.args.map((arg) => quoted(arg.value)).join(" ");
  const first = line.args[0];
  if (!first) return;
  let rest = line.text === undefined ? text : line.text.slice(first.start);
  while (isOption(rest) && !rest.startsWith("//")) {
    const word = /^\S+/.exec(rest)?.[0] ?? "";
    const name = optionFold(word).slice(1).toLowerCase();
    rest = rest.slice(word.length).trimStart();
    if (name === "sta" || name === "localserver") {
      out.put(name, "");
      out.put("clsid", unquote(rest.split(/[\s]/, 1)[0] ?? ""));
      return;
    }
    out.tell(word);
  }
  if (rest === "") return;
  const script = /^(?:["']?\s*|[a-z]:\\[^\s,"]{0,200}\\)(?=(?:javascript|vbscript|jscript|about)\s*:)/i.exec(rest);
  if (script) {
    const library = /[\\/]([\w-]+(?:\.dll)?)\s*,\s*(#?\w+)/.exec(rest);
    // The folder before it is none: the host of the script reads on from the moniker.
    out.put("code", unquote(script[0].includes("\\") ? rest.slice(script[0].length) : rest));
    if (library) {
      out.put("library", library[1] as string);
      out.put("entry", library[2] as string);
    }
    return;
  }
  const { library, behind } = cutLibrary(rest);
  out.put("library", library);
  const entry = /^[\s,]*("?)(#?[^\s,"]+)\1/.exec(behind);
  if (!entry) return;
  out.put("entry", ordinal(entry[2] as string));
  const argument = behind
    .slice(entry[0].length)
    .replace(/^,?\s*/, "")
    // No name of Windows holds a tab: to the functions it is one more blank.
    .replaceAll("\t", " ")
    .trimEnd();
  if (argument !== "") out.put("argument", argument);
};

/** `#+0024`: the number of an export is read as C reads numbers. */
const ordinal = (entry: string) => entry.replace(/^#\+?0*(?=\d)/, "#");

const unquote = (text: string) => text.replace(/^"(.*)"$/s, "$1");

function cutLibrary(text: string): { library: string; behind: string } {
  if (text.startsWith('"')) {
    const close = text.indexOf('"', 1);
    const inside = close < 0 ? text.slice(1) : text.slice(1, close);
    const behind = close < 0 ? "" : text.slice(close + 1);
    // `"x.dll,Export"`: quotes around both.
    const comma = inside.lastIndexOf(",");
    if (comma > 0 && /^\s*(#\d+|[A-Za-z_]\w*)\s*$/.test(inside.slice(comma + 1)))
      return { library: inside.slice(0, comma).trim(), behind: `${inside.slice(comma)} ${behind}` };
    // Quotes inside the word: `"C:\x"\y.dll,Export`.
    const glued = /^[^\s,"]+/.exec(behind)?.[0] ?? "";
    return { library: inside + glued, behind: behind.slice(glued.length) };
  }
  // An unquoted path with blanks is meant where a library's extension and a comma follow.
  const spaced = /^[A-Za-z]:\\[^",]{1,200}?\.(?:dll|cpl|ocx|ax|drv)(?=\s*,)/i.exec(text);
  // A quote that does not close before a blank is one character more: `x:"\..\mshtml,Export ";code`.
  const plain = spaced?.[0] ?? /^(?:[^\s,"]|"[^"\s]*"|"(?=\\))+/.exec(text)?.[0] ?? "";
  return { library: plain.replaceAll('"', ""), behind: text.slice(plain.length) };
}
