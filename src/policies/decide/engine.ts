import type { Platform } from "../../model/event.ts";
import type { Operation, Policy, PolicyMode, Rule, UnknownPart } from "../model.ts";
import { type Act, type Decision, stronger } from "./act.ts";
import { anyFileMet } from "./any-file.ts";
import { every, type Met, not, some } from "./match.ts";
import type { Variables } from "./paths.ts";
import { peerMet } from "./peer.ts";
import { RuleIndex } from "./rule-index.ts";
import { scopeMet } from "./scope.ts";

/** How the rules of a product add up. */
export interface Semantics {
  /** Where the product runs. */
  readonly platforms: readonly Platform[];
  /** `denyFirst`: a deny that fits decides, wherever it stands; `firstMatch`: the first rule that fits. */
  readonly order: "denyFirst" | "firstMatch";
  readonly variables: Variables;
  /** Of several policies the first that says something decides, and no file says which is asked first. */
  readonly inTurn?: true;
  /** The act as the product sees it, where that is another than its program would say. */
  readonly seen?: (act: Act) => Act;
  /** Whether and how the policy is asked about such acts at all; undefined: it does not rule on them. */
  reach(policy: Policy, act: Act): Reach | undefined;
}

export interface Reach {
  readonly mode: PolicyMode;
  /** What becomes of an act that no rule fits; undefined: the policy says nothing of it. */
  readonly otherwise: "block" | "allow" | undefined;
  /** Set where this decides without any rule. */
  readonly always?: Decision;
  /** Why a block is not sure, such as a user that is not logged. */
  readonly doubt?: string;
  /** Why that no rule allows an act does not settle it. */
  readonly unlisted?: string;
}

export interface Decider {
  /** undefined: the policy does not rule on such an act. */
  decide(act: Act): Decision | undefined;
}

export function ruleMet(rule: Rule, act: Act, variables: Variables): Met {
  return every(tests(rule, act, variables));
}

function* tests(rule: Rule, act: Act, variables: Variables): Generator<Met> {
  if (rule.object) yield anyFileMet(rule.object, act.object, variables);
  if (rule.subject) yield anyFileMet(rule.subject, act.subject, variables);
  if (rule.peer) yield peerMet(rule.peer, act);
  if (rule.peers) yield every(rule.peers.map((one) => peerMet(one, act)));
  if (rule.exceptPeers) yield not(some(rule.exceptPeers.map((one) => peerMet(one, act))));
  if (rule.scope) yield some(rule.scope.map((one) => scopeMet(one, act)));
  if (rule.exceptions) yield not(anyFileMet(rule.exceptions, act.object, variables));
}

const label = (rule: Rule) => rule.description ?? rule.id;

function blocked(mode: PolicyMode, rule: string, reason: string, doubt: string | undefined): Decision {
  if (mode === "audit") return { decision: "audit", rule, reason };
  return doubt === undefined
    ? { decision: "block", rule, reason }
    : { decision: "undecided", rule, reason: `${reason}, but ${doubt}` };
}

/** What a policy says of one kind of act. */
interface Parts {
  readonly rules: RuleIndex;
  /** The first that is not understood. */
  readonly unknown: UnknownPart | undefined;
}

/** Makes a policy ready to be asked. Rules are sorted by the acts that they rule on, once. */
export function decider(policy: Policy, semantics: Semantics): Decider {
  const known = new Map<Operation, Parts>();
  const partsOf = (on: Operation): Parts => {
    const parts = known.get(on) ?? {
      rules: new RuleIndex(
        policy.rules.filter((rule) => rule.on.includes(on)),
        semantics.variables,
      ),
      unknown: policy.unknown.find((one) => one.on === undefined || one.on.includes(on)),
    };
    known.set(on, parts);
    return parts;
  };
  return {
    decide(done) {
      const act = semantics.seen?.(done) ?? done;
      if (act.platform !== undefined && !semantics.platforms.includes(act.platform)) return undefined;
      const reach = semantics.reach(policy, act);
      if (!reach) return undefined;
      if (reach.always) return reach.always;
      const { rules, unknown } = partsOf(act.on);
      return withUnknown(unknown, decideBy(semantics, rules.of(act), act, reach));
    },
  };
}

/** What rules say of an act, by the order in which their product asks them. */
export function decideBy(
  { order, variables }: Semantics,
  rules: readonly Rule[],
  act: Act,
  reach: Reach,
): Decision | undefined {
  return (order === "denyFirst" ? denyFirst : firstMatch)(rules, act, variables, reach);
}

/** What was not understood may change everything but a block by a deny rule of a product in which deny comes first. */
function withUnknown(part: UnknownPart | undefined, decision: Decision | undefined): Decision | undefined {
  if (!part || (decision && decision.decision !== "allow" && decision.rule !== "")) return decision;
  const place = part.line === undefined ? "" : ` (line ${part.line})`;
  return { decision: "undecided", rule: decision?.rule ?? "", reason: `${part.what}${place} is not understood` };
}

function denyFirst(rules: readonly Rule[], act: Act, variables: Variables, reach: Reach): Decision | undefined {
  let doubted: { readonly rule: Rule; readonly why: string } | undefined;
  let allowed: Rule | undefined;
  let mayBeAllowed: { readonly rule: Rule; readonly why: string } | undefined;
  let audited: Rule | undefined;
  for (const rule of rules) {
    if (rule.action === "allow" && allowed) continue;
    const met = ruleMet(rule, act, variables);
    if (met === false) continue;
    if (rule.action === "deny") {
      if (met === true) return blocked(rule.mode ?? reach.mode, rule.id, `denied by “${label(rule)}”`, reach.doubt);
      doubted ??= { rule, why: met as string };
    } else if (rule.action === "audit") {
      if (met === true) audited ??= rule;
    } else if (met === true) allowed = rule;
    else mayBeAllowed ??= { rule, why: met as string };
  }
  const otherwise = otherwiseOf(allowed, mayBeAllowed, reach, audited);
  if (!doubted || otherwise?.decision === "block") return otherwise;
  if (otherwise?.decision === "audit" && reach.mode === "audit") return otherwise;
  const { rule, why } = doubted;
  return { decision: "undecided", rule: rule.id, reason: `whether “${label(rule)}” denies it: ${why}`, missing: why };
}

function otherwiseOf(
  allowed: Rule | undefined,
  mayBe: { readonly rule: Rule; readonly why: string } | undefined,
  reach: Reach,
  audited: Rule | undefined,
): Decision | undefined {
  if (audited) return { decision: "audit", rule: audited.id, reason: `noted by “${label(audited)}”` };
  if (allowed) return { decision: "allow", rule: allowed.id, reason: `allowed by “${label(allowed)}”` };
  if (reach.otherwise === undefined) return undefined;
  if (reach.otherwise === "allow") return { decision: "allow", rule: "", reason: "no rule denies it" };
  if (mayBe && reach.mode === "enforce") {
    const { rule, why } = mayBe;
    return { decision: "undecided", rule: rule.id, reason: `whether “${label(rule)}” allows it: ${why}`, missing: why };
  }
  if (mayBe) {
    const { rule, why } = mayBe;
    return {
      decision: "audit",
      rule: rule.id,
      reason: `nothing is stopped, and whether “${label(rule)}” allows it is open: ${why}`,
    };
  }
  return blocked(reach.mode, "", "no rule allows it", reach.unlisted ?? reach.doubt);
}

/** The strongest of what the lists say, each of which is gone through for itself. */
function firstMatch(rules: readonly Rule[], act: Act, variables: Variables, reach: Reach): Decision | undefined {
  if (rules.every(({ list }) => list === undefined)) return firstOf(rules, act, variables, reach);
  const lists = new Map<string, Rule[]>();
  for (const rule of rules) {
    const list = lists.get(rule.list ?? "") ?? [];
    list.push(rule);
    lists.set(rule.list ?? "", list);
  }
  let strongest: Decision | undefined;
  for (const own of lists.values()) strongest = stronger(strongest, firstOf(own, act, variables, reach));
  return strongest;
}

function firstOf(rules: readonly Rule[], act: Act, variables: Variables, reach: Reach): Decision | undefined {
  const outcome = (rule: Rule): Decision =>
    rule.action === "deny"
      ? blocked(rule.mode ?? reach.mode, rule.id, `denied by “${label(rule)}”`, reach.doubt)
      : {
          decision: rule.action,
          rule: rule.id,
          reason: `${rule.action === "allow" ? "allowed" : "noted"} by “${label(rule)}”`,
        };
  const open: { readonly rule: Rule; readonly why: string }[] = [];
  let last: Decision | undefined;
  for (const rule of rules) {
    const met = ruleMet(rule, act, variables);
    if (met === false) continue;
    if (met !== true) {
      open.push({ rule, why: met as string });
      continue;
    }
    last = outcome(rule);
    break;
  }
  last ??= reach.otherwise && { decision: reach.otherwise, rule: "", reason: "no rule fits" };
  // Rules in front that may fit change nothing where they would say the same; to allow what nobody denies is the same, too.
  const other = open.find(({ rule }) => outcome(rule).decision !== (last?.decision ?? "allow"));
  if (!other) return last;
  return {
    decision: "undecided",
    rule: other.rule.id,
    reason: `whether “${label(other.rule)}” fits: ${other.why}`,
    missing: other.why,
  };
}
