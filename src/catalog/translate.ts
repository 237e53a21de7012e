import { tableOf } from "../model/entry.ts";
import { given } from "../model/given.ts";
import { ROLES, type Role } from "../model/payload.ts";
import { FOLDERS } from "./folders.ts";
import { parseOperand, parseOption } from "./options.ts";
import type {
  BehaviourSource,
  BindingSource,
  ConditionsSource,
  EntrySource,
  SubGrammarSource,
  TestSource,
} from "./schema.ts";
import { subGrammarSchema } from "./schema.ts";
import type {
  Awaits,
  Behaviour,
  Binding,
  CodeRole,
  Condition,
  Contents,
  Grammar,
  GrammarStyle,
  Mark,
  NormalUse,
  OptionSpec,
  Prints,
  ReadAs,
  SubGrammar,
  Test,
} from "./types.ts";

/** Says what is wrong at a path of the YAML document. */
export type Complain = (path: (string | number)[], message: string) => void;

const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
const ifGiven = <T, R>(value: T | undefined, make: (value: T) => R): R | undefined =>
  value === undefined ? undefined : make(value);
const lower = (values: string | readonly string[] | undefined) => list(values).map((v) => v.toLowerCase());

/** `python runs fetches` */
function codeTest(text: string): NonNullable<Test["code"]> {
  const [language = "", ...roles] = text.split(" ");
  return { language, roles: roles as CodeRole[] };
}

function translateTest(element: string, source: TestSource): Test {
  if (source === "present" || source === "some") return { element, present: true };
  if (source === "absent" || source === "none") return { element, present: false };
  if (typeof source === "string" || Array.isArray(source)) return { element, is: lower(source) };
  const { present, is, in: folders, not, ext, remote, kind, host, has, code } = source;
  return given({
    element,
    present,
    is: is || folders ? [...lower(is), ...(folders ? FOLDERS[folders] : [])] : undefined,
    not: ifGiven(not, lower),
    ext: ifGiven(ext, lower),
    remote,
    kind: ifGiven(kind, lower),
    host: ifGiven(host, lower),
    has: ifGiven(has, lower),
    code: ifGiven(code, codeTest),
  });
}

function translateConditions(source: ConditionsSource | undefined): readonly Condition[] {
  return list(source).map((map) => Object.entries(map).map(([element, test]) => translateTest(element, test)));
}

/** What holds for a grammar as a whole: all but its options, operands, pairs and commands. */
export interface GrammarContext {
  readonly style: GrammarStyle;
  readonly caseSensitive: boolean;
  readonly abbreviate: boolean;
  readonly bundleFirst: boolean;
  readonly commandsAnywhere?: boolean;
  readonly keepsInput?: boolean;
  readonly ordered?: boolean;
  readonly reader?: string | undefined;
  readonly exports?: readonly string[];
}

export function translateGrammar(
  source: SubGrammarSource,
  context: GrammarContext,
  path: (string | number)[],
  complain: Complain,
): Grammar {
  const fold = (text: string) => (context.caseSensitive ? text : text.toLowerCase());
  const options = tableOf<OptionSpec>();
  for (const [spellings, text] of Object.entries(source.options)) {
    const names = spellings.split("|").map((name) => name.trim());
    const spec = parseOption(names[0] as string, text, context.style);
    if (typeof spec === "string") complain([...path, "options", spellings], spec);
    else
      for (const name of names) {
        const key = fold(name);
        if (/["']/.test(name)) complain([...path, "options", spellings], `the option “${name}” has quotes in its name`);
        if (options[key]) complain([...path, "options", spellings], `the option “${name}” stands here twice`);
        options[key] = spec;
      }
  }
  const operands = source.operands.flatMap((text, index) => {
    const spec = parseOperand(text);
    if (typeof spec !== "string") return [spec];
    complain([...path, "operands", index], spec);
    return [];
  });
  const commands = tableOf<SubGrammar>();
  for (const [spellings, raw] of Object.entries(source.commands)) {
    const parsed = subGrammarSchema.safeParse(raw ?? {});
    if (!parsed.success) {
      complain([...path, "commands", spellings], parsed.error.issues[0]?.message ?? "is no grammar");
      continue;
    }
    const names = spellings.split("|").map((name) => name.trim());
    const grammar = translateGrammar(
      parsed.data,
      {
        ...context,
        bundleFirst: false,
        commandsAnywhere: false,
        keepsInput: false,
        ordered: parsed.data.ordered,
        exports: [],
      },
      [...path, "commands", spellings],
      complain,
    );
    for (const name of names) commands[fold(name)] = { name: names[0] as string, grammar };
  }
  const pairs = Object.fromEntries(Object.entries(source.pairs).map(([key, name]) => [key.toLowerCase(), name]));
  return given({
    style: context.style,
    reader: context.reader,
    options,
    operands,
    pairs,
    commands,
    caseSensitive: context.caseSensitive,
    abbreviate: context.abbreviate,
    bundleFirst: context.bundleFirst,
    commandsAnywhere: context.commandsAnywhere || undefined,
    keepsInput: context.keepsInput || undefined,
    ordered: context.ordered || undefined,
    exports: context.exports?.length ? context.exports : undefined,
  });
}

/** How a value is read where the binding does not say. */
function defaultAs(what: BindingSource["what"], args: string | undefined): ReadAs {
  if (what === "command") return "command";
  if (what === "executable" || args !== undefined) return "program";
  return what === "inlineCode" ? "text" : "file";
}

function translateBinding(role: Role, source: BindingSource): Binding {
  const { what, where, from, value, as, args, into, puts, entry, entryFrom, prefix, server, folder, on } = source;
  const { ext, after, before, split, skip, entryAfter, following, pick, join, contents, within, when } = source;
  return given({
    role,
    what,
    where,
    from: list(from),
    value,
    as: (as as ReadAs | undefined) ?? defaultAs(what, args),
    args,
    into: ifGiven(into, list),
    puts,
    entry,
    entryFrom,
    prefix,
    server,
    folder,
    on,
    ext: ext?.toLowerCase(),
    after: ifGiven(after, list),
    before: ifGiven(before, list),
    split,
    skip,
    entryAfter,
    following: following?.toLowerCase().split(/\s+/),
    pick,
    join,
    contents: contents as Contents | undefined,
    within: ifGiven(within, list),
    when: ifGiven(when, translateConditions),
  });
}

export function translateBehaviour(prefix: string, source: BehaviourSource): Behaviour {
  const roles = source as Partial<Record<Role, BindingSource | BindingSource[]>>;
  const bindings = ROLES.flatMap((role) => list(roles[role]).map((b) => translateBinding(role, b)));
  const floor = source.floor;
  return {
    id: `${prefix}/${source.id}`,
    title: source.title,
    category: source.category,
    when: translateConditions(source.when),
    bindings,
    techniques: source.techniques,
    usual: source.usual,
    ...(floor !== undefined && {
      floor:
        typeof floor === "string"
          ? { level: floor, when: [] }
          : { level: floor.level, when: translateConditions(floor.when) },
    }),
    confirmedBy: source.confirmedBy,
    wrapper: source.wrapper,
    ...(source.opensShells && { opensShells: true }),
    ...(source.rights && { rights: source.rights }),
  };
}

export function translateMark({ words, when }: Exclude<EntrySource["knownBy"], readonly unknown[]>): Mark {
  return { words: lower(words), when: translateConditions(when) };
}

export function translateAwaits({ when, kept }: NonNullable<EntrySource["awaits"]>): Awaits {
  return { when: translateConditions(when), ...(kept !== undefined && { kept }) };
}

export function translatePrints({ when, of }: NonNullable<EntrySource["prints"]>): Prints {
  return { when: translateConditions(when), of };
}

export function translateNormal(source: EntrySource["normal"][number]): NormalUse {
  return {
    behaviours: list(source.behaviours),
    when: translateConditions(source.when),
    runs: list(source.runs),
    parent: lower(source.parent),
    why: source.why,
  };
}
