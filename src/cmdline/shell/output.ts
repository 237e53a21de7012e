import { readEscape, unescapeAll } from "./expansion/escapes.ts";
import { listRanges } from "./expansion/glob.ts";
import { reverse } from "./expansion/parameters.ts";
import { FILTERS } from "./filters.ts";
import { DECODES, textOf, ungzip } from "./packed.ts";

/** Longer outputs are not worked out. */
const MAX_OUTPUT = 64 * 1024;

type Program = (args: readonly string[], stdin: string | undefined) => string | undefined;

/** Programs whose output follows from their words and their known input. */
const PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ["echo", echo],
  ["printf", printf],
  ["cat", cat],
  ["tee", (_args, stdin) => stdin],
  ["sort", (args, stdin) => (args.every((arg) => arg === "-u") ? sorted(stdin, args.length > 0) : undefined)],
  ["uniq", (args, stdin) => (args.length > 0 ? undefined : unique(stdin))],
  ["rev", (args, stdin) => (args.length > 0 ? undefined : stdin?.split("\n").map(reverse).join("\n"))],
  ["tac", (args, stdin) => (args.length > 0 || stdin === undefined ? undefined : tac(stdin))],
  ["tr", tr],
  ["base64", base64],
  ["python3", pythonModule],
  ["python", pythonModule],
  ["base32", (args, stdin) => decodeBase(args, stdin, fromBase32)],
  ["openssl", openssl],
  ...FILTERS,
  ["xxd", xxd],
  ["gunzip", ungzip(true)],
  ["zcat", ungzip(true)],
  ["gzip", ungzip(false)],
  ["which", which],
  ["true", () => ""],
  [":", () => ""],
  ["false", () => ""],
  ["sleep", () => ""],
  // The terminal has a number that nobody can know; /dev/tty is the same one, whatever its number.
  ["tty", () => "/dev/tty\n"],
]);

/** Where a command begins behind the words by which a shell is told to take its own: `builtin eval …`. */
export function ownFrom(argv: readonly string[]): number {
  let at = 0;
  while (argv[at] === "command" || argv[at] === "builtin") at++;
  return at;
}

/** What a command prints, where its words and its input tell; undefined otherwise. */
export function literalOutput(argv: readonly string[], stdin: string | undefined): string | undefined {
  const at = ownFrom(argv);
  if (argv[at - 1] === "command" && argv[at] === "-v") return which(argv.slice(at + 1));
  const name = argv[at]?.replace(/^(?:\/usr)?\/bin\//, "");
  const out = PROGRAMS.get(name ?? "")?.(argv.slice(at + 1), stdin);
  return out !== undefined && out.length > MAX_OUTPUT ? undefined : out;
}

/** Programs that make a text readable which is not, and what tells that they are asked to. */
const DECODERS: ReadonlyMap<string, RegExp> = new Map([
  ["base64", /^(?:-[a-zA-Z]*[dD]|--d)/],
  ["python3", /^base64$/],
  ["python", /^base64$/],
  ["base32", /^(?:-[a-zA-Z]*d|--d)/],
  ["openssl", /^-(?:d|A|a|base64)$/],
  ["xxd", /^-(?:r|revert)/],
  ["rev", /^/],
  ["gunzip", /^/],
  ["zcat", /^/],
  ["gzip", DECODES],
]);

/** What a command makes readable out of a known text that is not; undefined where it does no such thing. */
export function decodedBy(argv: readonly string[], stdin: string | undefined): string | undefined {
  const asked = DECODERS.get(argv[0]?.replace(/^(?:\/usr)?\/bin\//, "") ?? "");
  const decodes = asked !== undefined && stdin !== undefined && ["", ...argv.slice(1)].some((arg) => asked.test(arg));
  return decodes ? literalOutput(argv, stdin) : undefined;
}

/** Programs that hand on each line of their input, whatever the others are. */
const LINEWISE = new Set(["cat", "tee", "sort", "uniq"]);

/** What a command hands on of a known part of its input; empty where that cannot be told. */
export function passedOn(argv: readonly string[], part: string): string {
  return LINEWISE.has(argv[0] ?? "") ? (literalOutput(argv, part) ?? "") : "";
}

/** Where a program lies, of which its name tells as much. */
function which(args: readonly string[]): string | undefined {
  return args.length === 1 && /^[\w./+-]+$/.test(args[0]!) && !args[0]!.startsWith("-") ? `${args[0]}\n` : undefined;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function sorted(stdin: string | undefined, once: boolean): string | undefined {
  if (stdin === undefined) return undefined;
  const lines = linesOf(stdin).sort();
  return (once ? [...new Set(lines)] : lines).map((line) => `${line}\n`).join("");
}

const unique = (stdin: string | undefined): string | undefined =>
  stdin === undefined
    ? undefined
    : linesOf(stdin)
        .filter((line, at, all) => line !== all[at - 1])
        .map((line) => `${line}\n`)
        .join("");

function tac(text: string): string {
  const lines = text.endsWith("\n") ? text.slice(0, -1).split("\n") : text.split("\n");
  return `${lines.reverse().join("\n")}\n`;
}

function echo(args: readonly string[]): string {
  let at = 0;
  let newline = true;
  let escapes = false;
  for (; /^-[neE]+$/.test(args[at] ?? ""); at++) {
    if (args[at]!.includes("n")) newline = false;
    for (const c of args[at]!) if (c === "e" || c === "E") escapes = c === "e";
  }
  const text = args.slice(at).join(" ");
  return (escapes ? unescapeAll(text, true) : text) + (newline ? "\n" : "");
}

function printf(args: readonly string[]): string | undefined {
  const format = args[0] === "--" ? args[1] : args[0];
  if (format === undefined || format.startsWith("-v")) return undefined;
  const values = args.slice(args[0] === "--" ? 2 : 1);
  let out = "";
  let at = 0;
  do {
    const before = at;
    for (let i = 0; i < format.length; ) {
      const c = format[i]!;
      if (c === "\\") {
        const found = readEscape(format, i + 1);
        out += found.text;
        i += 1 + found.used;
      } else if (c !== "%") {
        out += c;
        i++;
      } else {
        const spec = /^%([-+ #0]*)(\d{1,4})?(?:\.(\d{1,4}))?([a-zA-Z%])/.exec(format.slice(i, i + 24));
        if (!spec) return undefined;
        i += spec[0].length;
        if (spec[4] === "%") out += "%";
        else {
          const piece = convert(spec, values[at++] ?? "");
          if (piece === undefined) return undefined;
          out += piece;
        }
      }
      if (out.length > MAX_OUTPUT) return undefined;
    }
    if (at === before) break;
  } while (at < values.length);
  return /[\x80-\xff]/.test(out) ? unescapeAll(out.replaceAll("\\", "\\\\")) : out;
}

function convert(
  [, flags, width, precision, letter]: readonly (string | undefined)[],
  value: string,
): string | undefined {
  let text: string;
  if (letter === "s") text = precision === undefined ? value : value.slice(0, Number(precision));
  else if (letter === "b") text = unescapeAll(value, true);
  else if (letter === "c") text = value.slice(0, 1);
  else if ("diuxXo".includes(letter!)) {
    const number = /^["'](.)/su.exec(value)?.[1]?.codePointAt(0) ?? Number(value || "0");
    if (!Number.isSafeInteger(number)) return undefined;
    text = number.toString(letter === "x" || letter === "X" ? 16 : letter === "o" ? 8 : 10);
    if (letter === "X") text = text.toUpperCase();
    if (precision !== undefined) text = text.padStart(Number(precision), "0");
  } else return undefined;
  const size = Number(width ?? 0);
  if (flags?.includes("-")) return text.padEnd(size);
  return text.padStart(size, flags?.includes("0") && letter !== "s" ? "0" : " ");
}

function cat(args: readonly string[], stdin: string | undefined): string | undefined {
  return args.every((arg) => arg === "-" || arg === "-u") ? stdin : undefined;
}

const CLASSES: Readonly<Record<string, string>> = {
  "[:upper:]": "A-Z",
  "[:lower:]": "a-z",
  "[:digit:]": "0-9",
  "[:space:]": " \t\n\v\f\r",
};

const trSet = (text: string): string[] =>
  listRanges(unescapeAll(text.replace(/\[:[a-z]+:\]/g, (name) => CLASSES[name] ?? name)));

function tr(args: readonly string[], stdin: string | undefined): string | undefined {
  if (stdin === undefined) return undefined;
  const options = args.filter((arg) => /^-[a-zA-Z]+$/.test(arg)).join("");
  const [from = "", to = ""] = args.filter((arg) => !/^-[a-zA-Z]+$/.test(arg));
  if (/[cCst]/.test(options)) return undefined;
  const source = trSet(from);
  if (options.includes("d")) {
    const drop = new Set(source);
    return [...stdin].filter((c) => !drop.has(c)).join("");
  }
  const target = trSet(to);
  if (target.length === 0) return undefined;
  const map = new Map(source.map((c, index) => [c, target[Math.min(index, target.length - 1)]!]));
  return Array.from(stdin, (c) => map.get(c) ?? c).join("");
}

/** Options of base64 that only wrap lines, of which the decoder takes no notice. */
const WRAPS = /^(?:(?:-w|--wrap[= ]?) ?\d+)?$/;

/** `python3 -m base64 -d` */
function pythonModule(args: readonly string[], stdin: string | undefined): string | undefined {
  return args[0] === "-m" && args[1] === "base64" && /^-[du]$/.test(args[2] ?? "") ? base64(["-d"], stdin) : undefined;
}

function base64(args: readonly string[], stdin: string | undefined): string | undefined {
  if (stdin === undefined || !WRAPS.test(args.join(" "))) return decodeBase(args, stdin, fromBase64);
  return `${Buffer.from(stdin, "utf8").toString("base64")}\n`;
}

function decodeBase(
  args: readonly string[],
  stdin: string | undefined,
  decode: (text: string) => string,
): string | undefined {
  const decodes = args.some((arg) => /^(?:-(?=[a-zA-Z]*[dD])[a-zA-Z]+|--d(?:e(?:c(?:o(?:de?)?)?)?)?)$/.test(arg));
  const files = args.some((arg) => !arg.startsWith("-"));
  return decodes && !files && stdin !== undefined ? decode(stdin) : undefined;
}

const fromBase64 = (text: string): string => textOf(Buffer.from(text, "base64"));

function fromBase32(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const c of text) {
    const value = alphabet.indexOf(c);
    if (value < 0) continue;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return Buffer.from(bytes).toString("utf8");
}

function openssl(args: readonly string[], stdin: string | undefined): string | undefined {
  const base64 = args[0] === "base64" || (args[0] === "enc" && (args.includes("-base64") || args.includes("-a")));
  const plain = args.every((arg) => ["base64", "enc", "-base64", "-a", "-d", "-A"].includes(arg));
  return base64 && plain && args.includes("-d") && stdin !== undefined ? fromBase64(stdin) : undefined;
}

function xxd(args: readonly string[], stdin: string | undefined): string | undefined {
  const options = args.filter((arg) => arg.startsWith("-") && arg !== "-").join("");
  if (!options.includes("r") || !options.includes("p") || args.some((arg) => !arg.startsWith("-"))) return undefined;
  return stdin === undefined ? undefined : textOf(Buffer.from(stdin.replace(/[^0-9a-fA-F]/g, ""), "hex"));
}
