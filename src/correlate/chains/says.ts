import { baseName } from "../../invocations/glob.ts";
import { shown } from "../../signals/text.ts";
import { span } from "../facts/fact.ts";
import type { Instance } from "./state.ts";

/** What the clauses of a step may name. */
export interface Words {
  readonly image?: string | undefined;
  readonly path?: string | undefined;
  readonly target?: string | undefined;
  readonly value?: string | undefined;
  readonly by?: string | undefined;
  readonly parent?: string | undefined;
  readonly origin?: string | undefined;
  /** What the program did with the path. */
  readonly did?: string | undefined;
}

const FALLBACK: Record<keyof Words, string> = {
  image: "the program",
  path: "it",
  target: "another process",
  value: "a value",
  by: "another process",
  parent: "its parent",
  origin: "the internet",
  did: "turned to",
};
const NAMES = new Set(["image", "target", "by", "parent"]);

/** A step's clause with its words put in; names of programs without their folders. */
export function clause(template: string, words: Words): string {
  return template.replace(/\{(image|path|target|value|by|parent|origin|did)\}/g, (_, name: keyof Words) => {
    const word = words[name];
    if (word === undefined || word === "") return FALLBACK[name];
    return shown(NAMES.has(name) ? baseName(word) : word);
  });
}

/** “A library was put into another process: …; 40 s later …; at once ….” */
export function sentence({ chain, facts }: Instance): string {
  const ordered = facts.toSorted((a, b) => a.time - b.time || a.step - b.step);
  const clauses = ordered.map(({ text, time }, index) => {
    const before = ordered[index - 1];
    if (!before) return text;
    const apart = time - before.time;
    return apart < 1000 ? `then ${text}` : `${span(apart)} later ${text}`;
  });
  return `${chain.title}: ${clauses.join("; ")}.`;
}
