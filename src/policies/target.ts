import type { Semantics } from "./decide/engine.ts";
import type { Operation, Policy, PolicyMode, Rule } from "./model.ts";

/** A file of a policy. */
export interface PolicyFile {
  /** File name without folder. */
  readonly name: string;
  readonly text: string;
}

/**
 * A product that policies are written for and read from: one file each in src/policies/targets, and a line in registry.ts.
 * Everything else (simulation, plan, round-trip tests) goes through this contract.
 */
export interface Target {
  /** Such as `applocker`; the value of `Policy.target`. */
  readonly id: string;
  readonly title: string;
  /** What the product cannot express or see, in sentences; the plan repeats them. */
  readonly cannot: readonly string[];
  /** It cannot try one rule out while others act: a measure that begins in audit mode gives it none. */
  readonly triesNoRule?: true;
  /** Its files act as soon as they are loaded, whatever mode they are written for. */
  readonly actsAtOnce?: true;
  /** Each of its rules has a mode of its own. */
  readonly hasRuleModes?: true;
  /** Longest text that is read, in characters, where what is made of it takes far more; other products' may have 64 MiB. */
  readonly longest?: number;
  readonly semantics: Semantics;
  /** How sure this is a policy of the product, 0 to 1, from its beginning and its file name. */
  sniff(head: string, name: string): number;
  /**
   * Reads a policy as it stands in the field. What is not understood becomes an unknown part.
   * @throws WhatranError `policy/…` where the file is none or is damaged, with the place
   */
  read(text: string, name: string): Policy;
  /** Why a rule of the neutral model cannot be written for this product; undefined where it can. */
  refuses(rule: Rule): string | undefined;
  /**
   * What a policy that is planned needs beside its rules, or in their place.
   * @param audited what those measures rule on that begin in audit mode
   */
  frame?(rules: readonly Rule[], mode: PolicyMode, audited: ReadonlySet<Operation>): Partial<Policy>;
  /** Writes a policy. Rules that are refused must not be among its rules. What is read back is the same policy. */
  write(policy: Policy): readonly PolicyFile[];
}
