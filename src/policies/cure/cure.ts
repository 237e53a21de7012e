import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { isWithoutFile } from "../../catalog/word.ts";
import { baseName } from "../../invocations/glob.ts";
import { entryIdOf } from "../../model/behaviour-id.ts";
import type { Cost, Cure } from "../../model/cure.ts";
import type { Decision } from "../decide/act.ts";
import { decider } from "../decide/engine.ts";
import type { Policy } from "../model.ts";
import { targetOf } from "../registry.ts";
import { type CureSubject, type Form, placeOf } from "./forms.ts";
import { linuxForms } from "./linux.ts";
import { networkForms } from "./network.ts";
import { packageForms, windowsForms } from "./windows.ts";

/** What a rule would have cost beside the act at a place of the logs; undefined where nothing is known of ordinary use. */
export type Costs = (policy: Policy, place?: string) => Cost | undefined;

/**
 * Whether a cure stops something by itself. One that denies is asked alone, and what no rule allows then says nothing; one that allows
 * all but a program means what it leaves out.
 */
export const isMeant = ({ rules }: Policy, { rule }: Pick<Decision, "rule">): boolean =>
  rule !== "" || rules.every(({ action }) => action === "allow");

/** More than these nobody reads. */
const MOST = 8;

function* formsOf(subject: CureSubject, catalog: Catalog): Generator<Form> {
  const { entry: id, name } = subject.binary;
  const entry = catalog.byId(id ?? entryIdOf(subject.behaviour ?? "")) ?? catalog.byName(name, subject.binary.platform);
  yield* packageForms(subject);
  if (!entry) return;
  const forms = entryForms(subject, entry);
  if (!isWithoutFile(entry)) yield* forms;
  else for (const form of forms) if (!namesProgram(form, subject, entry)) yield form;
}

/** Whether a rule is one about the program itself, by its path or its original file name. */
function namesProgram({ rule }: Form, { binary }: CureSubject, entry: CatalogEntry): boolean {
  const place = placeOf(binary, entry);
  return [...(rule.subject ?? []), ...(rule.object ?? [])].some(
    ({ path = "", originalName }) => path === place || baseName(path) === entry.name || originalName === entry.name,
  );
}

function* entryForms(subject: CureSubject, entry: CatalogEntry): Generator<Form> {
  if (entry.platform === "windows") yield* windowsForms(subject, entry);
  yield* networkForms(subject, entry);
  if (entry.platform === "linux") yield* linuxForms(subject, entry);
}

/**
 * Which rule of which product would have stopped an act: each is written in the model of policies, taken by its product, and put to
 * the product’s own decision on this act, so that none is named which would not have.
 */
export function curesOf(subject: CureSubject, catalog: Catalog, costs?: Costs, place?: string): readonly Cure[] {
  const cures: Cure[] = [];
  const told = new Set<string>();
  for (const { target: id, act, rule, more = [], text } of formsOf(subject, catalog)) {
    const target = targetOf(id);
    if (
      told.has(`${id} ${text}`) ||
      cures.length >= MOST ||
      [rule, ...more].some((one) => target.refuses(one) !== undefined)
    )
      continue;
    const policy: Policy = {
      target: id,
      name: "cure",
      mode: "enforce",
      rules: [rule, ...more],
      unknown: [],
      options: ["Enabled:UMCI"],
      collections: rule.on.map((on) => ({ on, mode: "enforce" })),
    };
    const decision = decider(policy, target.semantics).decide(act);
    if (!decision || decision.decision === "allow") continue;
    told.add(`${id} ${text}`);
    const cost = costs?.(policy, place);
    cures.push({
      mitigation: rule.measure ?? "M1038",
      target: id,
      text: `${target.title}: ${text}`,
      ...(decision.decision === "undecided" && { doubt: decision.missing ?? decision.reason }),
      ...(cost && { cost }),
    });
  }
  return cures;
}
