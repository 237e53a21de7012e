import { text, UNKNOWN, type Value } from "./values.ts";

/** Clients that print what they fetch, unless they are told a file. */
const FETCHES = /^(?:.*[\\/])?(curl|wget|finger)(?:\.exe)?$/i;
const INTO_FILE = /^(?:-\w*[oO]|--(?:output|remote-name|output-document)\b.*)$/;
/** To standard output. */
const PRINTS = /^(?:-\w*O-|--output-document=-)$/;
const PLACE = /^(?:https?:\/\/\S|[\w-]{1,64}@|[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}(?:[:/]|$))/i;

/** The address from which a client prints; undefined where it fills a file. */
function fetchedBy(client: string, args: readonly string[]): string | undefined {
  const isFile = args.some((arg, at) => INTO_FILE.test(arg) && args[at + 1] !== "-");
  const prints = /^wget$/i.test(client)
    ? args.some((arg, at) => PRINTS.test(arg) || (/^-\w*O$/.test(arg) && args[at + 1] === "-"))
    : !isFile;
  return prints ? args.find((arg, at) => PLACE.test(arg) && !/^-[AHbdeux]$/.test(args[at - 1] ?? "")) : undefined;
}

/** Most shells that are looked through on the way to who prints. */
const MAX_SHELLS = 4;

/** What a program prints, where its arguments tell where that comes from: another machine, or the answer of a name server. */
export function printedBy(tokens: readonly string[], shells = 0): Value {
  const [program = "", ...args] = tokens;
  if (shells < MAX_SHELLS && /^(?:.*[\\/])?cmd(?:\.exe)?$/i.test(program) && /^\/[ck]$/i.test(args[0] ?? ""))
    return printedBy(args.slice(1).join(" ").split(/\s+/), shells + 1);
  const client = FETCHES.exec(program)?.[1];
  const address = client === undefined ? undefined : fetchedBy(client, args);
  if (address !== undefined) return { kind: "contents", from: address, where: "web" };
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
