import type { Numbering } from "../../grammar/numbering.ts";
import { type Collector, Value } from "../../grammar/types.ts";
import type { Payload } from "../../model/payload.ts";
import type { Input } from "../commands/dialects.ts";
import { isEmpty } from "../commands/environment.ts";
import type { Source } from "../state.ts";

/** What surrounds a command besides its arguments. */
export interface Surroundings {
  readonly arguments: number;
  readonly stdin?: Input | undefined;
  readonly piped?: (() => Source) | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly parent?: string | undefined;
  /** Files into which the shell around the command sends what it prints. */
  readonly output?: readonly string[] | undefined;
  readonly image?: string | undefined;
  /** Domain of the machine. */
  readonly domain?: string | undefined;
}

type Values = readonly Value[] | undefined;

/** An ambient element with its values, and the one that was asked for before it: there are few. */
interface Asked {
  readonly element: number;
  readonly values: Values;
  readonly before: Asked | undefined;
}

const valuesOf = (text: string | undefined): Values => (text === undefined ? undefined : [new Value(text)]);

const listOf = (texts: readonly string[] | undefined): Values => texts?.map((text) => new Value(text));

const DOLLAR = 0x24;

/** Names of the elements of surroundings that catalogues ask for; they are few. */
const ambient: string[] = [];

/** The number by which an element is asked for: of one of the surroundings, whose name begins with `$`, below 0. */
export function numberOf(element: string, numbering: Numbering): number {
  return element.charCodeAt(0) === DOLLAR ? ambientNumber(element) : numbering.of(element).element;
}

export function ambientNumber(element: string): number {
  const known = ambient.indexOf(element);
  return known < 0 ? -ambient.push(element) : -1 - known;
}

const isAmbient = (element: number): boolean => element < 0;

const PAYLOAD = ambientNumber("$payload");
/** What other commands of the line decode for it. */
export const DECODED = ambientNumber("$decoded");

/**
 * Where tests find the values of an element: those of the grammar and the ambient ones, `$args` (present if there are any), `$stdin`
 * (its text, or the file's name), `$stdinFile`, `$piped` (what other commands of the line fetch for it), `$decoded` (files, or text of the line, that they
 * decode for it), `$kept` (the place in which somebody keeps what they print), `$output`, `$env.NAME`, `$parent`, `$image`, `$domain`. `$redirect` never has any: behaviours that ask for it are those
 * that shells are told by how they are read (src/invocations/commands/redirects.ts).
 */
export class Elements {
  /** Bits of the elements that have values. */
  readonly present: number;
  readonly domain: string | undefined;
  /** What runs, while a floor may ask for `$payload`. */
  running: readonly Payload[] | undefined;
  readonly #given: Collector;
  readonly #around: Surroundings;
  /** The ambient element that was asked for last. */
  #asked: Asked | undefined;

  constructor(given: Collector, around: Surroundings) {
    this.#given = given;
    this.#around = around;
    this.domain = around.domain;
    this.present = given.present;
  }

  get(element: number): Values {
    return isAmbient(element) ? this.#ambient(element) : this.#given.get(element);
  }

  #ambient(element: number): Values {
    if (element === PAYLOAD) return this.running?.map(({ value }) => new Value(value));
    // Made once, so that the same value is the same object and can be claimed.
    for (let one = this.#asked; one; one = one.before) if (one.element === element) return one.values;
    const values = this.#make(ambient[-1 - element]!);
    this.#asked = { element, values, before: this.#asked };
    return values;
  }

  #make(element: string): Values {
    const around = this.#around;
    if (element === "$args") return around.arguments > 0 ? valuesOf("") : undefined;
    if (element === "$stdin") return valuesOf(around.stdin?.text);
    if (element === "$stdinFile")
      return around.stdin?.file === undefined ? listOf(around.piped?.().files) : valuesOf(around.stdin.file);
    if (element === "$piped") {
      const { fetched, others } = around.piped?.() ?? {};
      return fetched !== undefined && others ? listOf([fetched, ...others]) : valuesOf(fetched);
    }
    if (element === "$kept") return valuesOf(around.piped?.().kept);
    if (element === "$decoded") {
      const { decoded, unread } = around.piped?.() ?? {};
      return listOf(decoded) ?? valuesOf(unread);
    }
    if (element === "$output") return listOf(around.output);
    if (element === "$parent") return valuesOf(around.parent);
    if (element === "$image") return valuesOf(around.image);
    if (element === "$domain") return valuesOf(around.domain);
    if (element === "$unknown") return this.#given.unknown.map((text) => new Value(text));
    const { env } = around;
    return env && !isEmpty(env) && element.startsWith("$env.") ? valuesOf(env[element.slice(5)]) : undefined;
  }
}
