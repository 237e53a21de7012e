import { readdirSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { textOf } from "../decode/json/encoding.ts";
import { firstBytes } from "../decode/text/whole.ts";
import { WhatranError } from "../errors.ts";
import { reasonOf } from "../model/reason.ts";
import type { Policy } from "./model.ts";
import { readPolicy, sniffTarget } from "./registry.ts";
import { PolicySet } from "./set.ts";

/** No policy of any product is larger. */
const LARGEST = 64 * 1024 * 1024;
/** What stands in a folder beside its policies and would be taken for one. */
const NO_POLICY = /^(?:plan\.(?:md|json|html)|readme.*)$/i;

/** Parts of rules.d, which are one list of rules in the order of their names. */
const PART = /^\d\d-.*\.rules$/;

function textAt(path: string): string {
  try {
    const { bytes, isCut } = firstBytes(path, LARGEST);
    if (!isCut) return textOf(bytes);
  } catch (error) {
    throw new WhatranError("usage", `${path} cannot be read: ${reasonOf(error)}`);
  }
  throw new WhatranError("policy/damaged", `${path} is larger than ${LARGEST >> 20} MiB, as no policy is`);
}

/** A link that leads nowhere may have been to a policy: what the others say without it is not what is in force. */
function lookedAt(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new WhatranError("usage", `${path} cannot be read: ${reasonOf(error)}`);
  }
}

/**
 * Reads a policy, or a folder of policies that are in force together.
 * @throws WhatranError `usage` where there is nothing to read, `policy/…` where a file is no policy or is damaged
 */
export function loadPolicies(path: string): PolicySet {
  const name = basename(path.replace(/[\\/]+$/, "")) || path;
  if (!lookedAt(path).isDirectory()) return new PolicySet(name, [readPolicy(textAt(path), name)]);
  const policies: Policy[] = [];
  const parts: string[] = [];
  for (const file of readdirSync(path).sort()) {
    const full = join(path, file);
    if (NO_POLICY.test(file) || !lookedAt(full).isFile()) continue;
    const text = textAt(full);
    const target = sniffTarget(text, file);
    if (target?.id === "fapolicyd" && PART.test(file)) parts.push(text);
    else if (target) policies.push(readPolicy(text, file));
  }
  if (parts.length > 0) policies.push(readPolicy(parts.join("\n"), `${name}.rules`));
  if (policies.length === 0) throw new WhatranError("policy/unknown", `${path} holds no policy of a known product`);
  return new PolicySet(name, withoutTwins(policies));
}

/** One product's settings may lie there in several forms, to choose from: they are one policy. */
function withoutTwins(policies: readonly Policy[]): readonly Policy[] {
  const seen = new Set<string>();
  return policies.filter(({ target, rules }) => {
    const key = `${target} ${JSON.stringify(rules.map(({ id, action, on }) => [id, action, on]))}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
