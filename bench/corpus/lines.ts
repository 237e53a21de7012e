import type { Catalog } from "../../src/catalog/catalog.ts";
import type { ResolveVector, SilentVector, VectorFile } from "../../src/catalog/vectors.ts";
import { resolve } from "../../src/invocations/resolve.ts";
import type { Request } from "../../src/invocations/types.ts";
import { ROLES } from "../../src/model/payload.ts";

/** A line of the catalogue as a log has it, cut where its values' own names stand: those are the odd pieces. */
interface Template {
  readonly around: Omit<Request, "commandLine" | "args">;
  readonly line?: readonly string[];
  readonly args?: readonly (readonly string[])[];
}

/** Lines that take any name in some place, and how many others there are. */
export interface Templates {
  readonly templates: readonly Template[];
  readonly closed: number;
}

/** Web addresses, shares and paths, wherever they stand. */
const PLACES = /(?:\b[a-z]{3,8}:\/\/|\\\\|\b[A-Z]:\\|(?<![\w.])\/[a-z]+\/)[^\s"'<>|,;:*?()=]+/g;

/** The name of a file without its extension, or of what else stands last. */
const stemOf = (text: string): string => /([\w-]{1,40})(?:\.\w{1,12})?[\\/]?$/.exec(text)?.[1] ?? "";

/** The name of the machine that an address is of. */
const machineOf = (text: string): string => /^[a-z]{3,8}:\/\/([a-z][\w-]*)\./.exec(text)?.[1] ?? "";

/** Syllables of names: the same number, the same name, and no two numbers one. */
const SYLLABLES = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "wu", "za"];

function nameOf(number: number): string {
  // An odd factor keeps different numbers of 28 bits different.
  let rest = Math.imul(number + 1, 0x9e37_79b1) & 0xfff_ffff;
  let name = "";
  for (let syllable = 0; syllable < 7; syllable++, rest >>>= 4) name += SYLLABLES[rest & 15];
  return name;
}

/** A text cut before and behind each of the names, as a word by itself. */
function cut(text: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [text];
  return text.split(new RegExp(`(?<![\\w-])(${names.join("|")})(?![\\w-])`));
}

function fill(pieces: readonly string[], round: number, index: number): string {
  return pieces.map((piece, at) => (at % 2 === 0 ? piece : nameOf(round * 0x1_0000 + index * 4 + (at >> 1)))).join("");
}

/** A request as a scan makes them: of one shape for all lines that have the same things known of them. */
function request({ around, line, args }: Template, round: number, index: number): Request {
  const { platform, image, as, env, originalFileName } = around;
  const made: { -readonly [K in keyof Request]: Request[K] } = {};
  if (platform !== undefined) made.platform = platform;
  if (line) made.commandLine = fill(line, round, index);
  if (image !== undefined) made.image = image;
  if (args) made.args = args.map((arg) => fill(arg, round, index));
  if (originalFileName !== undefined) made.originalFileName = originalFileName;
  if (env) made.env = env;
  if (as) made.as = as;
  return made;
}

/** Behaviours of all that a line starts: a fill-in whose names mean nothing has the same. */
const acts = (one: Request, catalog: Catalog): string =>
  resolve(one, catalog)
    .invocations.map(({ entry, behaviours }) => [entry?.id, ...behaviours.map(({ id }) => id)].join())
    .join("\n");

function templateOf(file: VectorFile, vector: ResolveVector | SilentVector, catalog: Catalog): Template | undefined {
  const name = catalog.byId(file.entry)?.name;
  const { line, args, originalFileName, env, platform = file.platform } = vector;
  const image = vector.image ?? (platform === "windows" ? `C:\\Windows\\System32\\${name}` : `/usr/bin/${name}`);
  const around = {
    platform,
    image,
    as: "logged" as const,
    ...(env && { env }),
    ...(originalFileName && { originalFileName }),
  };
  const whole = { ...around, ...(line !== undefined && { commandLine: line }), ...(args && { args }) };
  const named = "behaviour" in vector ? ROLES.flatMap((role) => vector[role] ?? []) : [];
  const text = line ?? (args ?? []).join("\n");
  const behind = text.slice(text.search(/\s|$/));
  const places = behind.match(PLACES) ?? [];
  const meant = acts(whole, catalog);
  // Places that only look like free ones change the meaning; then those alone are taken that the vector names.
  for (const texts of [[...named, ...places], named]) {
    const names = new Set(
      texts.flatMap((one) => [stemOf(one), machineOf(one)]).filter((one) => one.length > 0 && one !== "Program"),
    );
    const pieces = (one: string) => cut(one, [...names]);
    const template = {
      around,
      ...(line !== undefined && { line: pieces(line) }),
      ...(args && { args: args.map(pieces) }),
    };
    const places = [...(template.line ? [template.line] : []), ...(template.args ?? [])];
    if (places.some(({ length }) => length > 1) && acts(request(template, 0, 0), catalog) === meant) return template;
  }
  return undefined;
}

/** All vectors that a log may hold as they stand: each starts its program, no shell around it. */
export function templatesOf(files: readonly VectorFile[], catalog: Catalog): Templates {
  const all = files.flatMap((file) =>
    [...file.resolve, ...file.silent]
      .filter(({ line, args, as }) => as !== "typed" && (line !== undefined || args !== undefined))
      .map((vector) => templateOf(file, vector, catalog)),
  );
  const templates = all.filter((template) => template !== undefined);
  return { templates, closed: all.length - templates.length };
}

/** Every template with names of its own; no line of one round is in another. */
export const fillIns = ({ templates }: Templates, round: number): Request[] =>
  templates.map((template, index) => request(template, round, index));
