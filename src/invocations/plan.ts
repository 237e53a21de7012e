import type { Behaviour, Binding, CatalogEntry, NormalUse } from "../catalog/types.ts";
import { type Layout, layoutOf } from "../grammar/layout.ts";
import type { AllOf } from "../model/shape.ts";
import type { Bits } from "./elements.ts";
import { type Checks, checksOf, Sieve } from "./tests.ts";

/** A binding with its condition made ready. */
export interface BindingPlan {
  readonly binding: Binding;
  readonly when: Checks;
  /** The text is read as written; everything else is a name whose quotes are dropped. */
  readonly asWritten: boolean;
  /** The value as a whole is the payload. */
  readonly takesAll: boolean;
  /** It makes payloads of what the program reads from its input. */
  readonly readsInput: boolean;
  /** Its arguments are the value of one option: in Windows a text, which the program that is started cuts into words. */
  readonly cutsArgs: boolean;
}

/** A behaviour with its conditions made ready. */
export interface BehaviourPlan {
  readonly behaviour: Behaviour;
  readonly when: Checks;
  readonly bindings: readonly BindingPlan[];
  /** Elements whose values its bindings make payloads of. */
  readonly from: readonly string[];
  readonly floor: Checks;
}

/** What is asked of an entry for every line, made once for the entry. */
export interface Plan {
  readonly layout: Layout;
  /** See Grammar. */
  readonly keepsInput: boolean;
  readonly exports: readonly string[];
  readonly bits: Bits;
  readonly behaviours: readonly BehaviourPlan[];
  /** Which of the behaviours, and which of the normal uses, may show. */
  readonly mayShow: Sieve;
  readonly mayBeNormal: Sieve;
  readonly knownBy: Checks;
  readonly normal: readonly { readonly use: NormalUse; readonly when: Checks }[];
}

const AS_WRITTEN = new Set<string>(["command", "cmd", "sh", "powershell", "text"]);

const takesAll = ({ join, as, skip, after, before, split }: Binding): boolean =>
  !join && as !== "powershell" && skip === undefined && !after && !before && split === undefined;

/** The same with all fields there are: bindings then have one shape, and reading a field that one lacks costs nothing. */
function uniform(binding: Binding): Binding {
  const { role, what, where, from, value, as, args, into, entry, entryFrom, prefix, ext } = binding;
  const { after, before, split, skip, entryAfter, following, pick, join, contents, within, when } = binding;
  // biome-ignore format: as the fields above
  return { role, what, where, from, value, as, args, into, entry, entryFrom, prefix, ext, after, before, split, skip, entryAfter, following, pick, join, contents, within, when } satisfies AllOf<Binding> as Binding;
}

function bindingPlan(binding: Binding, { grammar, platform }: CatalogEntry, bits: Map<string, number>): BindingPlan {
  const isOption = Object.values(grammar.options).some(({ name }) => name === binding.args);
  return {
    binding: uniform(binding),
    when: checksOf(binding.when ?? [], bits),
    asWritten: AS_WRITTEN.has(binding.as) || binding.as.startsWith("code:"),
    takesAll: takesAll(binding),
    readsInput: binding.from.some((element) => element.startsWith("$stdin")),
    cutsArgs: isOption && platform === "windows",
  };
}

function behaviourPlan(behaviour: Behaviour, entry: CatalogEntry, bits: Map<string, number>): BehaviourPlan {
  return {
    behaviour,
    when: checksOf(behaviour.when, bits),
    bindings: behaviour.bindings.map((binding) => bindingPlan(binding, entry, bits)),
    from: behaviour.bindings.flatMap(({ from }) => from),
    floor: checksOf(behaviour.floor?.when ?? [], bits),
  };
}

const plans = new WeakMap<CatalogEntry, Plan>();

export function planOf(entry: CatalogEntry): Plan {
  let plan = plans.get(entry);
  if (!plan) {
    const bits = new Map<string, number>();
    const behaviours = entry.behaviours.map((behaviour) => behaviourPlan(behaviour, entry, bits));
    const normal = entry.normal.map((use) => ({ use, when: checksOf(use.when, bits) }));
    plan = {
      layout: layoutOf(entry.grammar),
      keepsInput: entry.grammar.keepsInput === true,
      exports: entry.grammar.exports ?? [],
      bits,
      behaviours,
      mayShow: new Sieve(behaviours.map(({ when }) => when)),
      mayBeNormal: new Sieve(normal.map(({ when }) => when)),
      knownBy: checksOf(
        (entry.knownBy ?? []).flatMap(({ when }) => when),
        bits,
      ),
      normal,
    };
    plans.set(entry, plan);
  }
  return plan;
}
