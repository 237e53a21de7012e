import type { Usual } from "../catalog/types.ts";
import { type Level, levelOf, scoreFrom } from "../model/level.ts";
import weights from "./weights.json" with { type: "json" };

/** One reason with its share of the log-odds. */
export interface Reason {
  readonly id: string;
  /** Reasons of one group are correlated: the strongest counts whole, the others at a quarter. */
  readonly group: string;
  readonly weight: number;
  readonly text: string;
  /** The reason whose sentence is left out where both are told in one breath. */
  readonly covers?: string;
  /** What is told in place of both. */
  readonly whole?: string;
  /** Techniques that it shows, beside those of the behaviour. */
  readonly techniques?: readonly string[];
}

export interface Scored {
  /** 0–100, one decimal. */
  readonly score: number;
  readonly level: Level;
  /** Reasons with their points: with the points that every behaviour starts from they add up to the score, floors aside. */
  readonly reasons: readonly (Reason & { readonly points: number })[];
}

const sigmoid = (x: number) => 100 / (1 + Math.exp(-x));
const tenth = (x: number) => Math.round(x * 10) / 10;

/** Weight of a signal, in log-odds. */
export function weightOf(signal: string): number {
  return (weights.signals as Record<string, number>)[signal] ?? 0;
}

/** How fast a signal fades, in seconds between the event and what it corroborates. */
export interface Decay {
  /** After this time half of the weight is left. */
  readonly halfLife: number;
  /** Beyond this time nothing is left. */
  readonly within: number;
}

const LASTING: Decay = { halfLife: Number.POSITIVE_INFINITY, within: Number.POSITIVE_INFINITY };

export function decayOf(signal: string): Decay {
  return (weights.decay as Record<string, Decay>)[signal] ?? LASTING;
}

/** Weight of a completed chain of events. */
export const chainWeight = (strength: "weak" | "medium" | "strong"): number => weights.chain[strength];

export const usualWeight = (usual: Usual): number => weights.usual[usual];

/** Correlated reasons of one sign within a group count less after the strongest, of equal ones the first. */
export function capped(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.map((reason, at) => ({ ...reason, weight: weightAt(reasons, at) }));
}

function weightAt(reasons: readonly Reason[], at: number): number {
  const { weight } = reasons[at]!;
  return isStrongest(reasons, at) ? weight : weight * weights.groupRest;
}

/** There are few: to look through all is cheaper than to put keys of groups together. */
function isStrongest(reasons: readonly Reason[], at: number): boolean {
  const { group, weight } = reasons[at]!;
  const strength = Math.abs(weight);
  for (let i = 0; i < reasons.length; i++) {
    const other = reasons[i]!;
    if (i === at || other.group !== group || other.weight < 0 !== weight < 0) continue;
    const rival = Math.abs(other.weight);
    if (rival > strength || (rival === strength && i < at)) return false;
  }
  return true;
}

/** What weights of one sign and one group come to together. */
export function combined(all: readonly number[]): number {
  const strongest = Math.max(0, ...all);
  return strongest + (all.reduce((sum, weight) => sum + weight, 0) - strongest) * weights.groupRest;
}

/** Additive log-odds: score = 100·σ(prior + Σ weights), lifted to the floor where a behaviour is never normal. */
export function scoreOf(reasons: readonly Reason[], floor?: Level): Scored {
  return new Sum(reasons, floor);
}

/** Of most that is scored nobody is told: points are worked out for those who ask. */
class Sum implements Scored {
  readonly score: number;
  readonly level: Level;
  readonly #all: readonly Reason[];
  readonly #moved: number;

  constructor(reasons: readonly Reason[], floor: Level | undefined) {
    let moved = 0;
    for (let at = 0; at < reasons.length; at++) moved += weightAt(reasons, at);
    const least = floor === undefined ? 0 : scoreFrom(floor);
    this.score = tenth(Math.max(sigmoid(weights.prior + moved), least));
    this.level = levelOf(this.score);
    this.#all = reasons;
    this.#moved = moved;
  }

  get reasons(): Scored["reasons"] {
    const rate = rateOver(weights.prior + this.#moved, this.#moved);
    return capped(this.#all).map((reason) => ({ ...reason, points: tenth(reason.weight * rate) }));
  }
}

/** Points per unit of log-odds, on the way from the prior to `sum`. What one reason alone adds is no measure: of a high score it is nothing. */
function rateOver(sum: number, moved: number): number {
  const score = sigmoid(sum);
  return Math.abs(moved) < 1e-6 ? (score * (100 - score)) / 100 : (score - sigmoid(weights.prior)) / moved;
}
