import type { Case, CaseProcess } from "../model/case.ts";
import type { Finding } from "../model/finding.ts";
import type { Explanation } from "../model/invocation.ts";
import { type Payload, type Payloads, ROLES } from "../model/payload.ts";
import { secretsIn } from "./secrets.ts";

const MASK = "***";

/** Shorter secrets are masked where they stand, not wherever the same letters occur. */
const LEAST_ELSEWHERE = 4;

/** Masks passwords, tokens and keys in a command line or in any other text. */
export function redact(text: string): string {
  const spans = secretsIn(text).toSorted((a, b) => a.start - b.start);
  let out = "";
  let at = 0;
  for (const { start, end } of spans) {
    // Two rules may see the same secret, one of them less of it.
    if (start >= at) out += text.slice(at, start) + MASK;
    at = Math.max(at, end);
  }
  return out + text.slice(at);
}

/**
 * A mask for everything that was made of these texts: a secret found in one of them is masked wherever it was carried to
 * (the normal form, payloads, arguments, evidence).
 */
function maskFor(texts: readonly (string | undefined)[]): (text: string) => string {
  const secrets = new Set<string>();
  for (const text of texts)
    if (text !== undefined) for (const { start, end } of secretsIn(text)) secrets.add(text.slice(start, end));
  const elsewhere = [...secrets].filter((secret) => secret.length >= LEAST_ELSEWHERE);
  return (text) => {
    if (secrets.has(text)) return MASK;
    return elsewhere.reduce((rest, secret) => rest.replaceAll(secret, MASK), redact(text));
  };
}

/** Masks the secrets of a finding. */
export function redactFinding(finding: Finding): Finding {
  const mask = maskFor([finding.commandLine, finding.canonical]);
  return {
    ...finding,
    ...maskPayloads(finding, mask),
    title: mask(finding.title),
    ...(finding.commandLine !== undefined && { commandLine: mask(finding.commandLine) }),
    ...(finding.canonical !== undefined && { canonical: mask(finding.canonical) }),
    evidence: finding.evidence.map((one) => ({ ...one, text: mask(one.text) })),
  };
}

function linesOf(tree: readonly CaseProcess[]): (string | undefined)[] {
  return tree.flatMap(({ commandLine, children }) => [commandLine, ...linesOf(children ?? [])]);
}

function maskTree(tree: readonly CaseProcess[], mask: (text: string) => string): readonly CaseProcess[] {
  return tree.map((one) => ({
    ...one,
    ...(one.commandLine !== undefined && { commandLine: mask(one.commandLine) }),
    ...(one.children && { children: maskTree(one.children, mask) }),
  }));
}

/** Masks the secrets of a case. */
export function redactCase(item: Case): Case {
  const mask = maskFor(linesOf(item.tree));
  return {
    ...item,
    title: mask(item.title),
    text: mask(item.text),
    tree: maskTree(item.tree, mask),
    linked: item.linked.map((link) => ({ ...link, value: mask(link.value) })),
  };
}

/** Masks the secrets of an answer to `explain`. */
export function redactExplanation(explanation: Explanation): Explanation {
  const mask = maskFor([explanation.commandLine, ...explanation.invocations.map(({ canonical }) => canonical)]);
  return {
    commandLine: mask(explanation.commandLine),
    invocations: explanation.invocations.map((invocation) => ({
      ...invocation,
      canonical: mask(invocation.canonical),
      behaviours: invocation.behaviours.map((behaviour) => ({ ...behaviour, ...maskPayloads(behaviour, mask) })),
      obfuscation: invocation.obfuscation.map((one) => ({ ...one, text: mask(one.text) })),
      ...(invocation.unknown !== undefined && { unknown: invocation.unknown.map(mask) }),
    })),
    verdict: { ...explanation.verdict, text: mask(explanation.verdict.text) },
  };
}

/** Masks the four roles of payloads. */
function maskPayloads(payloads: Payloads, mask: (text: string) => string): Payloads {
  const one = (payload: Payload): Payload => ({
    ...payload,
    value: mask(payload.value),
    ...(payload.resolved !== undefined && { resolved: mask(payload.resolved) }),
    ...(payload.args !== undefined && { args: payload.args.map(mask) }),
  });
  return Object.fromEntries(ROLES.map((role) => [role, payloads[role].map(one)])) as unknown as Payloads;
}
