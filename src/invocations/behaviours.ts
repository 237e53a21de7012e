import type { Behaviour, Binding, CatalogEntry } from "../catalog/types.ts";
import { splitArguments } from "../cmdline/windows/tokens.ts";
import type { Value } from "../grammar/types.ts";
import type { Level } from "../model/level.ts";
import type { Payload, Role } from "../model/payload.ts";
import { bind } from "./bind.ts";
import type { Input } from "./dialects.ts";
import { payloadsOf } from "./nested.ts";
import { type Found, placePayload } from "./payload.ts";
import type { Context, State } from "./state.ts";
import { anyHolds, type Elements } from "./tests.ts";
import type { ResolvedBehaviour } from "./types.ts";

type Roles = Record<Role, Payload[]>;

/** Names of nothing: what is read there is empty, and what is written there is gone. */
const NOTHING = new Set(["/dev/null", "nul", "nul:", "\\\\.\\nul"]);

function add(roles: Roles, { role, payload }: Found): void {
  if (NOTHING.has(payload.resolved ?? payload.value)) return;
  const key = (p: Payload) => `${p.resolved ?? p.value}\0${p.entry ?? ""}\0${p.args?.join(" ") ?? ""}`;
  if (!roles[role].some((other) => key(other) === key(payload))) roles[role].push(payload);
}

/** Whether a behaviour that binds something still has something to bind. */
function leftovers(
  behaviour: Behaviour,
  matched: ReadonlyMap<string, readonly Value[]>,
  elements: Elements,
  claimed: ReadonlySet<Value>,
): boolean {
  const from = behaviour.bindings.flatMap((binding) => binding.from);
  if (from.length === 0) return true;
  const values = from.flatMap((element) => matched.get(element) ?? elements(element) ?? []);
  return values.length === 0 || values.some((value) => !claimed.has(value));
}

/** The arguments in a value: the value of one option is a text in Windows, which the program that is started cuts into words. */
function wordsOf({ text, args }: Value, element: string, { grammar, platform }: CatalogEntry): readonly string[] {
  const isOption = Object.values(grammar.options).some(({ name }) => name === element);
  if (isOption && platform === "windows" && args.length < 2) return splitArguments(text).map(({ value }) => value);
  return args.length > 0 ? args.map(({ value }) => value) : [text];
}

/** Who reads its code from its input leaves nothing of it to the commands in that code. */
const SPENT: Input = {};

function read(
  entry: CatalogEntry,
  binding: Binding,
  matched: ReadonlyMap<string, readonly Value[]>,
  elements: Elements,
  claimed: ReadonlySet<Value>,
  state: State,
  context: Context,
  taken: Set<Value>,
): readonly Found[] {
  if (binding.when && !anyHolds(binding.when, elements)) return [];
  if (binding.from.length === 0)
    return binding.value === undefined ? [] : [{ role: binding.role, payload: placePayload(binding.value, binding) }];
  const { args: holder } = binding;
  const args = (holder === undefined ? [] : (elements(holder) ?? [])).flatMap((value) => {
    taken.add(value);
    return wordsOf(value, holder ?? "", entry);
  });
  const inner = binding.from.some((element) => element.startsWith("$stdin")) ? { ...context, stdin: SPENT } : context;
  return bind(binding, elements, matched, claimed).flatMap((bound) => {
    for (const value of bound.values) taken.add(value);
    return payloadsOf(binding, bound, args, state, inner);
  });
}

/** The behaviour's floor where its condition holds; `$payload` in it means what runs. */
function floorOf({ floor }: Behaviour, { runs }: Roles, elements: Elements): Level | undefined {
  const values: readonly Value[] = runs.map((payload) => ({ text: payload.value, args: [] }));
  return floor && anyHolds(floor.when, (element) => (element === "$payload" ? values : elements(element)))
    ? floor.level
    : undefined;
}

/**
 * The behaviours that a parsed line shows, in the catalogue's order. Values that a behaviour tested or bound are claimed: a later,
 * more general behaviour that would only repeat them does not fire.
 */
export function behavioursOf(
  entry: CatalogEntry,
  elements: Elements,
  state: State,
  context: Context,
): readonly ResolvedBehaviour[] {
  const claimed = new Set<Value>();
  const shown: ResolvedBehaviour[] = [];
  for (const behaviour of entry.behaviours) {
    const matched = anyHolds(behaviour.when, elements);
    if (!matched || !leftovers(behaviour, matched, elements, claimed)) continue;
    const roles: Roles = { runs: [], fetches: [], reads: [], writes: [] };
    const taken = new Set<Value>();
    for (const binding of behaviour.bindings)
      for (const found of read(entry, binding, matched, elements, claimed, state, context, taken)) add(roles, found);
    const empty = Object.values(roles).every((payloads) => payloads.length === 0);
    if (empty && behaviour.bindings.some((binding) => binding.from.length > 0)) continue;
    for (const values of matched.values()) for (const value of values) claimed.add(value);
    for (const value of taken) claimed.add(value);
    const floor = floorOf(behaviour, roles, elements);
    shown.push({ id: behaviour.id, techniques: behaviour.techniques, ...roles, behaviour, ...(floor && { floor }) });
  }
  return shown;
}
