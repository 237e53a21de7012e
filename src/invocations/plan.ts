import type { Behaviour, Binding, CatalogEntry, NormalUse } from "../catalog/types.ts";
import type { Layout } from "../grammar/layout.ts";
import { makeLayout } from "../grammar/layouts.ts";
import { Numbering } from "../grammar/numbering.ts";
import type { AllOf } from "../model/shape.ts";
import { numberOf } from "./conditions/elements.ts";
import { type Checks, checksOf, Sieve } from "./conditions/tests.ts";

/** An element by its number, and the next one that is read in the same way. */
interface From {
  readonly element: number;
  readonly next: From | undefined;
}

/** A binding with its condition made ready, and with all fields that there are, in one place of memory. */
export interface BindingPlan extends Omit<Binding, "when"> {
  readonly when: Checks;
  /** Elements whose values it makes payloads of, that of its arguments, those of the marks in its words, and that of its entry. */
  readonly sources: From | undefined;
  readonly argsElement: number | undefined;
  readonly intoElements: readonly number[] | undefined;
  /** What each word of such input ends with; undefined where blanks part them. */
  readonly ends: string | undefined;
  readonly putsElement: number | undefined;
  readonly entryElement: number | undefined;
  readonly serverElement: number | undefined;
  readonly folderElement: number | undefined;
  /** The text is read as written; everything else is a name whose quotes are dropped. */
  readonly asWritten: boolean;
  /** The value as a whole is the payload. */
  readonly takesAll: boolean;
  /** It makes payloads of what the program reads from its input. */
  readonly readsInput: boolean;
  /** Variables of the environment whose values it makes payloads of. */
  readonly variables: readonly string[];
  /** Its arguments are the value of one option: in Windows a text, which the program that is started cuts into words. */
  readonly cutsArgs: boolean;
  readonly next: BindingPlan | undefined;
}

/** A behaviour with its conditions made ready. */
export interface BehaviourPlan {
  readonly behaviour: Behaviour;
  readonly when: Checks;
  /** The first of its bindings. */
  readonly binding: BindingPlan | undefined;
  /** Whether its bindings name elements. */
  readonly isBound: boolean;
  /** Of the code that it makes payloads of. */
  readonly language: string | undefined;
  readonly floor: Checks;
}

/** What is asked of an entry for every line, made once for the entry. */
export interface Plan {
  readonly layout: Layout;
  /** See Grammar. */
  readonly keepsInput: boolean;
  readonly exports: readonly number[];
  readonly behaviours: readonly BehaviourPlan[];
  /** Which of the behaviours, and which of the normal uses, may show. */
  readonly mayShow: Sieve;
  readonly mayBeNormal: Sieve;
  readonly knownBy: Checks;
  /** When it waits for what it is told; undefined where it never does. */
  readonly awaits: Checks | undefined;
  /** When it prints what somebody keeps with it; undefined where it never does. */
  readonly prints: Checks | undefined;
  /** The most general behaviour by which it carries out what it reads on its standard input. */
  readonly obeys: Behaviour | undefined;
  readonly normal: readonly NormalUse[];
}

const CODE = "code:";

const AS_WRITTEN = new Set<string>(["command", "cmd", "sh", "powershell", "text"]);

const takesAll = ({ join, as, skip, after, before, split, into }: Omit<Binding, "when">): boolean =>
  !join &&
  as !== "powershell" &&
  skip === undefined &&
  !after &&
  !before &&
  (split === undefined || into !== undefined);

function sourcesOf(elements: readonly string[], numbering: Numbering): From | undefined {
  let next: From | undefined;
  for (const element of elements.toReversed()) next = { element: numberOf(element, numbering), next };
  return next;
}

function bindingPlan(
  { when = [], ...binding }: Binding,
  { grammar, platform }: CatalogEntry,
  numbering: Numbering,
  next: BindingPlan | undefined,
): BindingPlan {
  const number = (element: string) => numberOf(element, numbering);
  const isOption = Object.values(grammar.options).some(({ name }) => name === binding.args);
  const { role, what, where, from, value, as, args, into, puts, entry, entryFrom, prefix, server, folder, on, ext } =
    binding;
  const { after, before, split, skip, entryAfter, following, pick, join, contents, within } = binding;
  // What every line asks of it stands first.
  return {
    role,
    when: checksOf(when, numbering),
    sources: sourcesOf(from, numbering),
    value,
    argsElement: args === undefined ? undefined : number(args),
    readsInput: from.some((element) => element.startsWith("$stdin")),
    variables: from.filter((element) => element.startsWith("$env.")).map((element) => element.slice(5)),
    asWritten: AS_WRITTEN.has(as) || as.startsWith(CODE),
    takesAll: takesAll(binding),
    following,
    pick,
    entry,
    entryElement: entryFrom === undefined ? undefined : number(entryFrom),
    entryAfter,
    serverElement: server === undefined ? undefined : number(server),
    folderElement: folder === undefined ? undefined : number(folder),
    as,
    split: into === undefined ? split : undefined,
    intoElements: into?.map(number),
    ends: into === undefined ? undefined : split,
    putsElement: puts === undefined ? undefined : number(puts),
    prefix,
    ext,
    where,
    what,
    next,
    cutsArgs: isOption && platform === "windows",
    after,
    before,
    skip,
    join,
    contents,
    within,
    from,
    args,
    into,
    puts,
    entryFrom,
    server,
    folder,
    on,
  } satisfies AllOf<BindingPlan> as BindingPlan;
}

function behaviourPlan(behaviour: Behaviour, entry: CatalogEntry, numbering: Numbering): BehaviourPlan {
  let binding: BindingPlan | undefined;
  for (const one of behaviour.bindings.toReversed()) binding = bindingPlan(one, entry, numbering, binding);
  return {
    behaviour,
    when: checksOf(behaviour.when, numbering),
    binding,
    isBound: behaviour.bindings.some(({ from }) => from.length > 0),
    language: behaviour.bindings.find(({ as }) => as.startsWith(CODE))?.as.slice(CODE.length),
    floor: checksOf(behaviour.floor?.when ?? [], numbering),
  };
}

/** Numbers for the elements of an entry: those that its conditions ask for first, so that they have bits. */
function numberingOf({ behaviours, normal }: CatalogEntry): Numbering {
  const numbering = new Numbering();
  for (const { when } of [...behaviours, ...normal])
    for (const { element } of when.flat()) numberOf(element, numbering);
  return numbering;
}

const plans = new WeakMap<CatalogEntry, Plan>();

export function planOf(entry: CatalogEntry): Plan {
  let plan = plans.get(entry);
  if (!plan) {
    const { grammar } = entry;
    const numbering = numberingOf(entry);
    const behaviours = entry.behaviours.map((behaviour) => behaviourPlan(behaviour, entry, numbering));
    const { normal } = entry;
    plan = {
      layout: makeLayout(grammar, numbering),
      keepsInput: grammar.keepsInput === true,
      exports: (grammar.exports ?? []).map((element) => numberOf(element, numbering)),
      behaviours,
      mayShow: new Sieve(behaviours.map(({ when }) => when)),
      mayBeNormal: new Sieve(normal.map(({ when }) => checksOf(when, numbering))),
      knownBy: checksOf(
        (entry.knownBy ?? []).flatMap(({ when }) => when),
        numbering,
      ),
      awaits: entry.awaits && checksOf(entry.awaits.when, numbering),
      prints: entry.prints && checksOf(entry.prints.when, numbering),
      obeys: entry.behaviours.findLast(
        ({ category, bindings }) =>
          category === "execute" && bindings.some(({ role, from }) => role === "runs" && from.includes("$stdin")),
      ),
      normal,
    };
    plans.set(entry, plan);
  }
  return plan;
}
