import { baseName } from "../normal/names.ts";
import { isBlank, plainToken, readProgramToken, skipBlanks, splitArguments, splitWords, type Token } from "./tokens.ts";

/** A command line cut into the program and its arguments. */
export interface ProgramLine {
  readonly program: Token;
  readonly args: Token[];
}

/** How many blanks of an unquoted program path are tried, and how far. */
const MAX_CANDIDATES = 24;
const MAX_PROGRAM = 1024;

/** Trailing dots are no part of a file's name. */
const EXECUTABLE = /\.(?:exe|com|bat|cmd|scr|pif|cpl|msc)\.*$/i;
const SYSTEM_PLACE = /(?:^|[\\/])(?:windows|system32|syswow64|sysnative)[\\/][^\\/]*$/i;
/** `ms-settings:…`, `https://…`: the slashes of an address begin no switch. */
const ADDRESS = /^[a-z][\w+.-]{2,40}:/i;
const SWITCH = /^\/(?:[a-z?]{1,2}|[a-z]+[:=].*|[a-z](?:\/[a-z])+.*)$/i;

const LAST_SWITCH = /^\/(?:[a-z?]{1,2}|[a-z]+[:=][^\\/]*)$/i;

/** What cmd.exe takes for blanks between words. */
const DELIMITERS = /[,;=]{1,64}$/;

/** Commands about files that cmd.exe carries out itself, so that a folder's last backslash is none before a quote. */
const BUILTIN = /^@?(?:copy|move|type|del|erase|ren|rename|md|mkdir|rd|rmdir|cd|chdir|pushd|mklink)$/i;

function bare(path: string): string {
  const small = path.toLowerCase();
  const lower = small.includes("/") ? small.replaceAll("/", "\\") : small;
  return lower.endsWith(".exe") ? lower.slice(0, -4) : lower;
}

function isImage(candidate: string, image: string | undefined): boolean {
  if (!image) return false;
  const left = bare(candidate);
  const right = bare(image);
  return left === right || baseName(left) === baseName(right);
}

/** `"regsvr32"/s`: the name ends with its closing quote, unless the path goes on behind it. */
function closeAtQuote(text: string, token: Token): Token {
  if (!token.quoted) return token;
  const close = text.indexOf('"', token.start + 1);
  const next = text[close + 1];
  if (close < 0 || close + 1 >= token.end || (next !== "/" && next !== "-" && next !== ",")) return token;
  if (next === "/" && close === token.start + 1) return token;
  const raw = text.slice(token.start, close + 1);
  return { raw, value: raw.slice(1, -1), start: token.start, end: close + 1, quoted: true, innerQuotes: false };
}

/** `cmd/c`, `regsvr32.exe/s`, `cmd.exe,/c`: cmd.exe ends a command's name at the first slash, and at what it takes for a blank. */
function cutGluedSwitch(text: string, token: Token, image: string | undefined, typed: boolean): Token {
  if (token.quoted || token.innerQuotes) return token;
  const raw = token.raw.slice(0, MAX_PROGRAM);
  let slash = raw.indexOf("/");
  if (slash <= 0 || ADDRESS.test(raw)) return token;
  const drive = raw[1] === ":";
  const cutsAll = typed && !drive;
  // Folders may have the names of switches: `Z:/pool/b/x.exe`.
  const switches = drive ? (raw[2] === "/" ? undefined : LAST_SWITCH) : SWITCH;
  for (let tries = 0; slash > 0 && tries < MAX_CANDIDATES; tries++) {
    const name = raw.slice(0, slash).replace(DELIMITERS, "");
    if (/[^:.\\]$/.test(name)) {
      const glued = cutsAll || EXECUTABLE.test(name) || isImage(name, image) || switches?.test(raw.slice(slash));
      if (glued) return plainToken(text, token.start, token.start + name.length);
    }
    slash = raw.indexOf("/", slash + 1);
  }
  return token;
}

/** The longer readings of an unquoted path with blanks, in the order in which CreateProcess tries them. */
function* longerReadings(text: string, first: Token): Generator<Token> {
  let end = first.end;
  for (let tries = 0; tries < MAX_CANDIDATES; tries++) {
    const next = skipBlanks(text, end);
    if (next >= text.length || next - first.start > MAX_PROGRAM) return;
    if (text[next] === "/" || text[next] === "-" || text[next] === '"') return;
    end = next;
    while (end < text.length && !isBlank(text[end])) {
      // A colon ends a drive or a scheme; elsewhere a stream's name stands behind it.
      if (text[end] === '"' || (text[end] === ":" && (end === next + 1 || text[end + 1] === "/"))) return;
      end++;
    }
    yield plainToken(text, first.start, end);
  }
}

function extendOverBlanks(text: string, first: Token, image: string | undefined): Token {
  if (first.quoted || first.innerQuotes || EXECUTABLE.test(first.value) || isImage(first.value, image)) return first;
  const path = /[\\/]/.test(first.value);
  if (!path && !image) return first;
  let guess: Token | undefined;
  for (const candidate of longerReadings(text, first)) {
    if (image && bare(candidate.value) === bare(image)) return candidate;
    if (path && isImage(candidate.value, image)) return candidate;
    if (path && !guess && EXECUTABLE.test(candidate.value)) guess = candidate;
  }
  return guess && !SYSTEM_PLACE.test(first.value) ? guess : first;
}

/**
 * Finds the program of a command line as CreateProcess does; an unquoted path may hold blanks.
 * @param image Path of the program that the log names; it settles what is ambiguous.
 * @param typed True for a command typed in cmd.exe, where a slash always ends the program's name.
 */
export function splitProgram(text: string, image?: string, typed = false): ProgramLine {
  const start = skipBlanks(text, 0);
  const first = cutGluedSwitch(text, closeAtQuote(text, readProgramToken(text, start)), image, typed);
  const program = extendOverBlanks(text, first, image);
  const builtin = typed && BUILTIN.test(program.value);
  return { program, args: builtin ? splitWords(text, program.end) : splitArguments(text, program.end) };
}
