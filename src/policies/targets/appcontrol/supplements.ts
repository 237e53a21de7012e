import type { Policy } from "../../model.ts";

const isSupplemental = ({ target, identity }: Policy) => target === "appcontrol" && identity?.isSupplemental === true;
const takesAny = ({ target, options }: Policy) =>
  target === "appcontrol" && (options?.includes("Enabled:Allow Supplemental Policies") ?? false);

/**
 * Adds what supplemental policies allow to the base policies that they belong to and that take any; a supplemental policy denies
 * nothing, and one whose base is not there has no effect on others.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/deploy-multiple-appcontrol-policies
 */
export function withSupplements(policies: readonly Policy[]): readonly Policy[] {
  const supplements = policies.filter(isSupplemental);
  const joined = new Set<Policy>();
  const all = policies.map((policy) => {
    if (isSupplemental(policy) || !takesAny(policy)) return policy;
    const ours = supplements.filter(({ identity }) => identity?.base === policy.identity?.own);
    for (const one of ours) joined.add(one);
    const rules = ours.flatMap((one) => one.rules.filter(({ action }) => action === "allow"));
    const unknown = ours.flatMap((one) => one.unknown);
    return { ...policy, rules: [...policy.rules, ...rules], unknown: [...policy.unknown, ...unknown] };
  });
  return all.filter((policy) => !joined.has(policy));
}
