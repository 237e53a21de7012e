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

interface Part {
  readonly file: string;
  readonly text: string;
}

/** Parts of rules.d of fapolicyd, which are one list of rules in the order of their names; what is made of them is none. */
const PART = /^(?!compiled\.).*\.rules$/;

/**
 * Rules of audit, put together as augenrules does it: deleting all comes first, whether auditing is on last.
 * @see https://man7.org/linux/man-pages/man8/augenrules.8.html
 */
function augenrules(parts: readonly Part[]): string {
  const lines = parts.flatMap(({ text }) => text.split(/\r?\n/));
  const last = (rule: RegExp) => lines.findLast((line) => rule.test(line)) ?? "";
  const [all, state] = [/^\s*-D\s*$/, /^\s*-e/];
  return [last(all), ...lines.filter((line) => !all.test(line) && !state.test(line)), last(state)].join("\n");
}

/** In the order of `ls -v`, as both products put their parts together: numbers in names count as such. */
const byNumber = (a: Part, b: Part) => a.file.localeCompare(b.file, "en", { numeric: true });

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
  const parts: Part[] = [];
  const audits: Part[] = [];
  for (const file of readdirSync(path).sort()) {
    const full = join(path, file);
    if (NO_POLICY.test(file) || !lookedAt(full).isFile()) continue;
    const text = textAt(full);
    const target = sniffTarget(text, file);
    if (target?.id === "fapolicyd" && PART.test(file)) parts.push({ file, text });
    else if (target?.id === "auditd" && /\.rules$/.test(file)) audits.push({ file, text });
    else if (target) policies.push(readPolicy(text, file));
  }
  if (audits.length > 0)
    policies.push(
      readPolicy(augenrules(audits.sort(byNumber)), audits.length > 1 ? `${name}.rules` : (audits[0]?.file ?? "")),
    );
  if (parts.length > 0)
    policies.push(
      readPolicy(
        parts
          .sort(byNumber)
          .map(({ text }) => text)
          .join("\n"),
        `${name}.rules`,
      ),
    );
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
