import type { Behaviour, Binding, CatalogEntry, NormalUse } from "../catalog/types.ts";
import { type Checks, checksOf } from "./tests.ts";

/** A binding with its condition made ready. */
export interface BindingPlan {
  readonly binding: Binding;
  readonly when: Checks;
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
  readonly behaviours: readonly BehaviourPlan[];
  readonly knownBy: Checks;
  readonly normal: readonly { readonly use: NormalUse; readonly when: Checks }[];
}

function bindingPlan(binding: Binding, { grammar, platform }: CatalogEntry): BindingPlan {
  const isOption = Object.values(grammar.options).some(({ name }) => name === binding.args);
  const readsInput = binding.from.some((element) => element.startsWith("$stdin"));
  return { binding, when: checksOf(binding.when ?? []), readsInput, cutsArgs: isOption && platform === "windows" };
}

function behaviourPlan(behaviour: Behaviour, entry: CatalogEntry): BehaviourPlan {
  return {
    behaviour,
    when: checksOf(behaviour.when),
    bindings: behaviour.bindings.map((binding) => bindingPlan(binding, entry)),
    from: behaviour.bindings.flatMap(({ from }) => from),
    floor: checksOf(behaviour.floor?.when ?? []),
  };
}

const plans = new WeakMap<CatalogEntry, Plan>();

export function planOf(entry: CatalogEntry): Plan {
  let plan = plans.get(entry);
  if (!plan) {
    plan = {
      behaviours: entry.behaviours.map((behaviour) => behaviourPlan(behaviour, entry)),
      knownBy: checksOf((entry.knownBy ?? []).flatMap(({ when }) => when)),
      normal: entry.normal.map((use) => ({ use, when: checksOf(use.when) })),
    };
    plans.set(entry, plan);
  }
  return plan;
}
