import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
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

/** Text of a file in UTF-8 or UTF-16, as its byte order mark says. */
function textOf(path: string): string {
  let bytes: Buffer;
  try {
    if (statSync(path).size > LARGEST)
      throw new WhatranError("policy/damaged", `${path} is larger than ${LARGEST} bytes`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof WhatranError) throw error;
    throw new WhatranError("usage", `${path} cannot be read: ${reasonOf(error)}`);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString("utf16le");
  return bytes.toString("utf8").replace(/^\ufeff/, "");
}

/**
 * Reads a policy, or a folder of policies that are in force together.
 * @throws WhatranError `usage` where there is nothing to read, `policy/…` where a file is no policy or is damaged
 */
export function loadPolicies(path: string): PolicySet {
  const name = basename(path.replace(/[\\/]+$/, "")) || path;
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new WhatranError("usage", `${path} cannot be read: ${reasonOf(error)}`);
  }
  if (!isFolder) return new PolicySet(name, [readPolicy(textOf(path), name)]);
  const policies: Policy[] = [];
  const parts: string[] = [];
  for (const file of readdirSync(path).sort()) {
    const full = join(path, file);
    if (NO_POLICY.test(file) || !statSync(full).isFile()) continue;
    const text = textOf(full);
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
