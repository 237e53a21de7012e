import type { Policy } from "../../model.ts";
import { BASE_ID, OWN_ID, SUPPLEMENTAL } from "./names.ts";

const has = ({ target, options }: Policy, option: string) =>
  target === "appcontrol" && (options?.includes(option) ?? false);
const idOf = ({ options }: Policy, option: string) =>
  options?.find((one) => one.startsWith(option))?.slice(option.length);

/**
 * Adds what supplemental policies allow to the base policies that they belong to and that take any; a supplemental policy denies
 * nothing, and one whose base is not there has no effect on others.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/deploy-multiple-appcontrol-policies
 */
export function withSupplements(policies: readonly Policy[]): readonly Policy[] {
  const supplements = policies.filter((policy) => has(policy, SUPPLEMENTAL));
  const joined = new Set<Policy>();
  const all = policies.map((policy) => {
    if (
      policy.target !== "appcontrol" ||
      has(policy, SUPPLEMENTAL) ||
      !has(policy, "Enabled:Allow Supplemental Policies")
    )
      return policy;
    const ours = supplements.filter((one) => idOf(one, BASE_ID) === idOf(policy, OWN_ID));
    for (const one of ours) joined.add(one);
    const rules = ours.flatMap((one) => one.rules.filter(({ action }) => action === "allow"));
    const unknown = ours.flatMap((one) => one.unknown);
    return { ...policy, rules: [...policy.rules, ...rules], unknown: [...policy.unknown, ...unknown] };
  });
  return all.filter((policy) => !joined.has(policy));
}
