import type { Operation } from "../../model.ts";

/** What user-mode rules hold for: images of programs and modules, scripts of hosts that ask, packages of the installer. */
export const RULED: readonly Operation[] = ["execute", "load", "script", "install"];
/** What a rule for one application holds for: what is loaded into its processes. */
export const IN_PROCESS: readonly Operation[] = ["load"];
/** A platform id that all policies share. */
export const PLATFORM = "{2E07F7E4-194C-4D20-B7C9-6F44A6C5A234}";
