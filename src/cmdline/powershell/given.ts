import { text, UNKNOWN, type Value } from "./values.ts";

/** What a program prints, where its arguments tell where that comes from: the answer of a name server. */
export function printedBy(tokens: readonly string[]): Value {
  const [program = "", ...args] = tokens;
  const sought = args.at(-1) ?? "";
  // Where a program lies, which its name tells as well.
  if (/^(?:.*[\\/])?where\.exe$/i.test(program) && /^[\w.*?-]{1,64}$/.test(sought)) return text(sought);
  if (!/^(?:.*[\\/])?nslookup(?:\.exe)?$/i.test(program)) return UNKNOWN;
  const asksText = args.some((arg) => /^[-/](?:q|ty|type|query|querytype)=(?:txt|any|all)$/i.test(arg));
  const from = args.find((arg) => !/^[-/]/.test(arg));
  return asksText && from !== undefined ? { kind: "contents", from, where: "web" } : UNKNOWN;
}

/** What a cmdlet that is not followed gives: with `-List` the class of WMI that it names, not what there is of that class. */
export function classOf(cmdlet: string, words: readonly string[]): Value {
  if (cmdlet !== "get-wmiobject" || !words.some((word) => /^-l(?:i|is|ist)?$/i.test(word))) return UNKNOWN;
  return { kind: "object", type: "wmiclass", args: words.slice(1).map((word) => text(word)) };
}
