import type { Catalog } from "../catalog/catalog.ts";
import { endsInQuotes } from "../cmdline/windows/tokens.ts";
import type { Platform } from "../model/event.ts";
import { split } from "./commands/dialects.ts";
import { implyShell } from "./commands/implied.ts";
import { resolveScript } from "./commands/script.ts";
import { words } from "./commands/words.ts";
import { baseName } from "./glob.ts";
import { unversioned } from "./identify/identify.ts";
import { Remembered } from "./remembered.ts";
import { RESOLVER, resolveArgv, resolveLine } from "./resolver.ts";
import { contextAt, copyOf, type NewContext, State } from "./state.ts";
import type { Request, Resolution, ResolvedBehaviour } from "./types.ts";

/** Longest command line that is read; Windows allows 32,767 characters, Linux 2 MiB. */
const MAX_LINE = 2 * 1024 * 1024;

const WINDOWS =
  /[a-z]:\\|(?:^|\s)["']?\.\.?\\\w|\\\\[\w?.]|\\\w+\\|\.(?:exe|dll|com|bat|cmd|vbs|ps1|cpl|msc|msi|hta|inf|scr)\b|^[A-Za-z]:|%\w+%|(?:^|\s)\/[a-zA-Z]{1,2}(?:\s|:|$)|\|\s*(?:cmd|powershell)(?=\s|$)/i;

/** The host of an address, whose `.com` is no program. */
const HOSTS = /:\/\/[^\s/"']+|\b[\w-]{1,63}\.com(?=[/:])/g;

/** Words that set a variable as only the shells of Windows do. */
const SETTING = /^\s*(?:\$env:\w+\s*\+?=|set\s+"?\w+=(?:[a-z]:|%\w+%)\\)/i;

/** The dot by which PowerShell, as shells do, reads a script into itself. */
const SOURCED = /^\s*\.\s+["']?(?:[a-z]:|\\|\.{0,2}\\)/i;

/** The platform, where nobody says it: from the program's file, then from the catalogue, then from how the line is written. */
function platformOf(request: Request, catalog: Catalog): Platform {
  if (request.platform) return request.platform;
  const path = request.image ?? request.args?.[0];
  if (path?.includes("\\") || /\.exe$/i.test(path ?? "") || request.originalFileName) return "windows";
  if (path?.startsWith("/")) return "linux";
  const line = request.commandLine ?? "";
  if (SETTING.test(line)) return "windows";
  const first = baseName(/^\s*"?([^"\s]*)/.exec(line)?.[1] ?? path ?? "");
  if (/\.(?:exe|com|bat|cmd|vbs|ps1)$/i.test(first)) return "windows";
  const windows = catalog.byName(first, "windows") !== undefined;
  const linux = (catalog.byName(first, "linux") ?? catalog.byName(unversioned(first), "linux")) !== undefined;
  if (windows !== linux && !SOURCED.test(line)) return windows ? "windows" : "linux";
  // A program of both platforms may be given escapes, which are no paths.
  return WINDOWS.test(line.replace(HOSTS, "")) || (!windows && line.includes("\\")) ? "windows" : "linux";
}

/** Typed text that only PowerShell would accept. */
const POWERSHELL =
  /^\s*(?:[.&]\s+["'$\w.\\]|\$(?:env:)?\w+\s*\+?=|\[[\w.]+\]::|(?:iex|irm|iwr)[\s(]|\(\s*(?:New-Object|Invoke-\w+|Get-\w+|iwr|irm|gc|gci|gcm)\s|(?:Invoke|Start|New|Get|Set|Import|Add|Register|Remove|Copy|Out)-\w+)/i;

/** What only PowerShell knows at the end of a pipe. */
const PIPED_TO_POWERSHELL = /\|\s*(?:iex|invoke-expression)\s*$/i;

/** A block behind PowerShell's call operator, as it stands in logs; cmd would end the command at the `&`. */
const BLOCK =
  /^\s*(?:"[^"]{0,1024}(?:powershell|pwsh)(?:\.exe)?"|[^\s"&|<>]{0,1024}(?:powershell|pwsh)(?:\.exe)?)\s(?:[^"&|<>]|"[^"]*")*&\s{0,16}[{$']/i;

/** A last argument in single quotes, the only quotes of the line, that is no command of cmd's `for`. */
const SINGLE_QUOTED = /^(?!\s*@?for\b)[^"']*\s'([^'"]*)'\s*$/i;

/** What cmd would take for operators within that argument: only PowerShell takes it for one word. */
const OPERATORS = /[|<>&;]/;

/** Whether typed text is PowerShell's, unless it begins with a program of the catalogue whose name looks like a command of PowerShell. */
function isPowerShell(text: string, catalog: Catalog): boolean {
  if (OPERATORS.test(SINGLE_QUOTED.exec(text)?.[1] ?? "") || PIPED_TO_POWERSHELL.test(text)) return true;
  return POWERSHELL.test(text) && !catalog.byName(/^\s*(\S*)/.exec(text)?.[1] ?? "", "windows");
}

/** Places that documentation leaves open: `-version:<ID>` and `[/help|-?]` are no redirection and no pipe. The first choice stands. */
const withoutPlaceholders = (text: string): string =>
  text
    .replace(/([:=])<([A-Z][A-Z0-9_ -]{0,40})>/g, "$1$2")
    .replace(/(\s)\[([^\s|[\]]+)(?:\|[^\s|[\]]+)+\](?=\s|$)/g, "$1$2");

const QUERY =
  /\b(?:https?:\/\/[^\s"'&|<>^()]+\?|(?:ms|search)-[\w-]{1,32}:)[^\s"'&|<>^()]*(?:&[\w.~-]+=[^\s"'&|<>^()]*)+/gi;

/**
 * An address with a query whose `&` stands outside quotes: cmd would end the command there, but nobody types a command that begins
 * with the next parameter's name. Whoever wrote the line down means the address.
 */
function wholeAddresses(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(QUERY, (address, at: number) => {
    const quotes = text.slice(0, at).split('"').length - 1;
    if (quotes % 2 !== 0) return address;
    // What stands first in quotes is the title of a window.
    return /(?:^|[\s&|(])start\s{1,8}$/i.test(text.slice(Math.max(0, at - 16), at))
      ? `"" "${address}"`
      : `"${address}"`;
  });
}

/** Words of cmd that contain the command which they carry out. */
const CONTROL =
  /^\s*@?(?:for\s+(?:\/[a-z]\b|%)|if\s+(?:\/i\b|not\b|exist\b|defined\b|errorlevel\b|"|%|[^\s=]{1,256}\s*==|[^\s=]{1,256}\s+(?:equ|neq|lss|leq|gtr|geq)\s))/i;

/** `@name`, `(name …)`: what only cmd takes off a command; PowerShell has other things behind both. */
const TAKEN_OFF = /^\s*(?:@\s*(?=["\w%])|\(\s*@?(?=["\w%][^()]*\)\s*$))/;
const PROGRAM_WORD = /^"?([^"\s()]{1,256})/;

/** Whether cmd alone reads what stands in front of a program of the catalogue. */
function isWrapped(text: string, catalog: Catalog): boolean {
  const mark = TAKEN_OFF.exec(text)?.[0];
  if (mark === undefined) return false;
  const name = baseName(PROGRAM_WORD.exec(text.slice(mark.length))?.[1] ?? "");
  return catalog.byName(name, "windows") !== undefined;
}

/** Whether a typed Windows line needs a shell at all: builtins, operators, redirections. */
function needsShell(text: string, catalog: Catalog): boolean {
  if (CONTROL.test(text) || isWrapped(text, catalog)) return true;
  const { commands } = split(text, "cmd");
  if (commands.length !== 1) return commands.length > 1;
  const [command] = commands;
  if (!command || command.redirects.length > 0 || command.obfuscation.length > 0) return true;
  return isBuiltin(command.text ?? "", catalog);
}

/** Whether a line begins with a word of cmd's own, which no other program carries out. */
function isBuiltin(text: string, catalog: Catalog): boolean {
  const first = /^\s*@?"?([^"\s]*)/.exec(text)?.[1] ?? "";
  return catalog.byName(first, "windows")?.category === "shell" && !/\.exe$|^cmd$|powershell|pwsh/i.test(first);
}

function typed(written: string, state: State, context: NewContext): void {
  const text = state.platform === "windows" ? wholeAddresses(withoutPlaceholders(written)) : written;
  const inner = copyOf(context);
  inner.depth = 1;
  inner.parent = 0;
  if (state.platform !== "windows") {
    const { commands, cut } = split(text, "sh", context.env);
    if (cut !== undefined) state.cut ??= cut;
    const [only] = commands;
    if (commands.length === 1 && only?.argv && only.argv.length > 0 && only.redirects.length === 0) {
      context.assigned = only.assigned;
      context.stdin = only.stdin;
      resolveArgv(only.argv, state, context);
      return;
    }
    implyShell("sh", text, state, 0);
    resolveScript(text, "sh", state, inner);
  } else if (BLOCK.test(text)) {
    resolveTyped(text, state, context);
  } else if (isPowerShell(text, state.catalog)) {
    resolveArgv(["powershell.exe", "-Command", text], state, context);
  } else if (needsShell(text, state.catalog)) {
    implyShell("cmd", text, state, 0);
    resolveScript(text, "cmd", state, inner);
  } else resolveTyped(text, state, context);
}

/** A line of one program that nobody but cmd reads. */
function resolveTyped(text: string, state: State, context: NewContext): void {
  context.typed = true;
  resolveLine(text, state, context);
}

/** Lines come again and again: services, schedulers, agents. What a line means depends on the catalogue and the request only. */
const memories = new WeakMap<Catalog, Remembered>();

/** Says who runs what on whose behalf. Never throws; work is bounded (see src/invocations/state.ts). */
export function resolve(request: Request, catalog: Catalog): Resolution {
  let memory = memories.get(catalog);
  if (!memory) {
    memory = new Remembered();
    memories.set(catalog, memory);
  }
  const answer = memory.get(request, () => resolveAfresh(request, catalog));
  if (answer.request === request) return answer;
  return { request, platform: answer.platform, invocations: answer.invocations, isKnown: true };
}

const LONGER = `longer than ${MAX_LINE} characters`;

/** As much of the words as makes a line of the longest length. */
function bounded(args: readonly string[], state: State): readonly string[] {
  let room = MAX_LINE;
  let end = 0;
  for (; end < args.length && args[end]!.length <= room; end++) room -= args[end]!.length;
  if (end === args.length) return args;
  state.cut = LONGER;
  return [...args.slice(0, end), (args[end] ?? "").slice(0, room)];
}

/** A start of which the log holds no arguments. */
function resolveBlind(image: string, state: State, context: NewContext): void {
  context.blind = true;
  resolveArgv([image], state, context);
}

/** Lines of a script: of those there are many for good reasons. */
const SCRIPT = /\n[^\n]+\n/;

/** That a line holds more than is read hides what comes last. */
function overfull({ catalog, platform }: State): readonly ResolvedBehaviour[] {
  const shell = catalog.byName(platform === "windows" ? "cmd.exe" : "sh", platform);
  const known = shell && catalog.behaviour(`${shell.id}/overfull`);
  if (!known) return [];
  const { id, techniques } = known.behaviour;
  return [{ id, techniques, runs: [], fetches: [], reads: [], writes: [], behaviour: known.behaviour }];
}

function resolveAfresh(request: Request, catalog: Catalog): Resolution {
  const platform = platformOf(request, catalog);
  const state = new State(catalog, platform, RESOLVER, request.domain);
  const context = contextAt(0);
  context.env = request.env;
  context.image = request.image;
  context.originalFileName = request.originalFileName;
  context.knownAs = request.knownAs;
  const line = request.commandLine ?? "";
  const text = line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line;
  if (text.length < line.length) state.cut = LONGER;
  const said = request.as ? request.as === "logged" : request.image !== undefined || request.args !== undefined;
  // No process is logged under such a word: whoever wrote the line down had it from a shell.
  const logged = said && !(platform === "windows" && request.image === undefined && isBuiltin(text, catalog));
  const args = bounded(request.args ?? [], state);
  if (args.length > 0) resolveArgv(args, state, context);
  else if (!logged) typed(text, state, context);
  else if (text.trim() === "") resolveBlind(request.image ?? "", state, context);
  else if (platform === "windows") resolveLine(text, state, context);
  else resolveArgv(words(text), state, context);
  if (platform === "windows" && endsInQuotes(text)) state.cut ??= "it ends within quotes";
  const [first] = state.invocations;
  if (state.cut !== undefined && first) first.cut = state.cut;
  if (state.isOverfull && first && (logged || !SCRIPT.test(text))) first.behaviours.push(...overfull(state));
  return { request, platform, invocations: state.invocations };
}
