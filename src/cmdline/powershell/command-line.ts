import type { Obfuscation } from "../../model/invocation.ts";
import type { AllOf } from "../../model/shape.ts";
import { obfuscation } from "../normal/distance.ts";
import { isOption, optionFold } from "../normal/option-fold.ts";
import { splitArguments } from "../windows/tokens.ts";
import { decodeCommand } from "./base64.ts";

/** powershell.exe's or pwsh's own arguments. */
export interface PowerShellLine {
  /** Options by their full names in lower case, with the values that they take. */
  readonly options: readonly { readonly name: string; readonly value?: string }[];
  /** Code to be read: what `-Command` or no option introduces, or the decoded `-EncodedCommand`. */
  readonly code?: string;
  /** Script of `-File`, with its arguments. */
  readonly file?: string;
  readonly fileArgs: readonly string[];
  /** True where the code was given encoded. */
  readonly encoded: boolean;
  /** True where the code comes from standard input. */
  readonly fromInput: boolean;
  readonly obfuscation: readonly Obfuscation[];
}

type Kind = "switch" | "value" | "command" | "file" | "encoded" | "help";

/** Option, shortest beginning that PowerShell accepts, kind. Source: the documentation of powershell.exe and pwsh. */
const OPTIONS: readonly (readonly [name: string, shortest: string, kind: Kind])[] = [
  ["command", "c", "command"],
  ["commandwithargs", "commandw", "command"],
  ["cwa", "cwa", "command"],
  ["configurationname", "config", "value"],
  ["configurationfile", "configurationf", "value"],
  ["custompipename", "cus", "value"],
  ["encodedcommand", "e", "encoded"],
  ["ec", "ec", "encoded"],
  ["encodedarguments", "encodeda", "value"],
  ["executionpolicy", "ex", "value"],
  ["ep", "ep", "value"],
  ["file", "f", "file"],
  ["help", "h", "help"],
  ["?", "?", "help"],
  ["inputformat", "in", "value"],
  ["if", "if", "value"],
  ["interactive", "i", "switch"],
  ["login", "l", "switch"],
  ["mta", "mta", "switch"],
  ["noexit", "noe", "switch"],
  ["nologo", "nol", "switch"],
  ["noninteractive", "noni", "switch"],
  ["noprofile", "nop", "switch"],
  ["noprofileloadtime", "noprofilel", "switch"],
  ["outputformat", "o", "value"],
  ["of", "of", "value"],
  ["psconsolefile", "p", "value"],
  ["servermode", "s", "switch"],
  ["settingsfile", "settings", "value"],
  ["sshservermode", "sshs", "switch"],
  ["sta", "st", "switch"],
  ["version", "v", "value"],
  ["windowstyle", "w", "value"],
  ["workingdirectory", "wo", "value"],
  ["wd", "wd", "value"],
];
const FULL: Readonly<Record<string, string>> = {
  ec: "encodedcommand",
  ep: "executionpolicy",
  if: "inputformat",
  of: "outputformat",
  wd: "workingdirectory",
  cwa: "commandwithargs",
};

const MAX_OPTIONS = 256;

function lookUp(key: string): { name: string; kind: Kind } | undefined {
  const exact = OPTIONS.find(([name]) => name === key);
  const [name, , kind] =
    exact ?? OPTIONS.find(([full, shortest]) => full.startsWith(key) && key.startsWith(shortest)) ?? [];
  return name === undefined ? undefined : { name: FULL[name] ?? name, kind: kind! };
}

function withoutProgram(args: readonly string[]): readonly string[] {
  return /(?:^|[\\/])(?:powershell|pwsh)(?:\.exe)?$/i.test(args[0] ?? "") ? args.slice(1) : args;
}

/** Key of an option token; undefined for what is none. */
function keyOf(arg: string): { key: string; tied: string | undefined } | undefined {
  const token = arg.trim();
  if (!isOption(token) || token.length > 256) return undefined;
  const bare = optionFold(token).slice(1).replace(/^-/, "");
  const colon = bare.indexOf(":");
  return {
    key: (colon < 0 ? bare : bare.slice(0, colon)).toLowerCase(),
    tied: colon < 0 ? undefined : bare.slice(colon + 1),
  };
}

/** Values of arguments. One on a new line keeps the line's end before it, which ends a statement of the code that they make up. */
export function wordsOf(args: readonly Place[], text: string | undefined): readonly string[] {
  if (!text?.includes("\n")) return args.map((arg) => arg.value);
  return args.map(({ value, start }, at) =>
    at > 0 && text.slice(args[at - 1]!.end, start).includes("\n") ? `\n${value}` : value,
  );
}

/** An argument with its place in the text. */
interface Place {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

type Option = PowerShellLine["options"][number];

/** Options and lines have one shape each, in which they are read most quickly. */
const optionOf = (name: string, value: string | undefined): Option =>
  ({ name, value }) satisfies AllOf<Option> as Option;

const NONE: readonly never[] = [];

function lineOf(options: readonly Option[], known: Partial<AllOf<PowerShellLine>>): PowerShellLine {
  const { code, file, fileArgs = NONE, encoded = false, fromInput = false, obfuscation: notes = NONE } = known;
  const line = { options, code, file, fileArgs, encoded, fromInput, obfuscation: notes };
  return line satisfies AllOf<PowerShellLine> as PowerShellLine;
}

/** `-CommandWithArgs code a b`: the code finds the words behind it as `$args`, as a block does that is called with them. */
function withArguments([code = "", ...args]: readonly string[]): string {
  return args.length === 0 ? code : `& {${code}} ${args.map((arg) => `'${arg.replaceAll("'", "''")}'`).join(" ")}`;
}

/**
 * Reads PowerShell's own options, in any abbreviation and with any dash or slash.
 * @param line Arguments behind the program, already split, or as text, where the program itself may stand first.
 */
export function parsePowerShellLine(line: string | readonly string[]): PowerShellLine {
  const args = typeof line === "string" ? withoutProgram(wordsOf(splitArguments(line), line)) : line;
  const options: Option[] = [];
  const code = (from: number): PowerShellLine => {
    const text = args.slice(from).join(" ").trim();
    if (text === "-") return lineOf(options, { fromInput: true });
    return lineOf(options, { code: text === "" ? undefined : text });
  };
  let at = 0;
  for (; at < args.length && options.length < MAX_OPTIONS; at++) {
    const option = keyOf(args[at]!);
    if (option?.key === "") return lineOf(options, { fromInput: true });
    const known = option && lookUp(option.key);
    if (!known) return code(at);
    const value = option.tied ?? args[at + 1];
    const next = option.tied === undefined ? at + 1 : at;
    if (known.kind === "command") {
      options.push(optionOf(known.name, undefined));
      if (known.name === "commandwithargs") return lineOf(options, { code: withArguments(args.slice(at + 1)) });
      return option.tied === undefined
        ? code(at + 1)
        : lineOf(options, { code: [option.tied, ...args.slice(at + 1)].join(" ") });
    }
    options.push(optionOf(known.name, known.kind === "switch" || known.kind === "help" ? undefined : value));
    if (known.kind === "encoded" && value !== undefined)
      return lineOf(options, {
        code: decodeCommand(value),
        encoded: true,
        obfuscation: [obfuscation("encodedCommand", value)],
      });
    if (known.kind === "file" && value === "-") return lineOf(options, { fromInput: true });
    if (known.kind === "file" && value !== undefined)
      return lineOf(options, { file: value, fileArgs: args.slice(next + 1) });
    if (known.kind === "value") at = next;
  }
  return lineOf(options, {});
}
