import type { Operation } from "../../model.ts";

/** What user-mode rules hold for: images of programs and modules, scripts of hosts that ask, packages of the installer. */
export const RULED: readonly Operation[] = ["execute", "load", "script", "install"];
/** What a rule for one application holds for: what is loaded into its processes. */
export const IN_PROCESS: readonly Operation[] = ["load"];
/** Option of our own that stands for `PolicyType="Supplemental Policy"`: it allows beside a base policy and denies nothing. */
export const SUPPLEMENTAL = "PolicyType:Supplemental";
/** A platform id that all policies share. */
export const PLATFORM = "{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}";

/** Options of our own that hold the ids of a policy and of the base policy that it belongs to. */
export const OWN_ID = "PolicyID:";
export const BASE_ID = "BasePolicyID:";
/** Whether an option is one of the product's. */
export const isOption = (option: string): boolean =>
  option !== SUPPLEMENTAL && !option.startsWith(OWN_ID) && !option.startsWith(BASE_ID);
