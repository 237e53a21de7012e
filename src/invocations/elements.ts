import { type Parsed, Value } from "../grammar/types.ts";
import type { Input } from "./dialects.ts";
import type { Source } from "./state.ts";
import type { Elements } from "./tests.ts";

/** What surrounds a command besides its arguments. */
export interface Surroundings {
  readonly arguments: number;
  readonly stdin?: Input | undefined;
  readonly piped?: (() => Source) | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly parent?: string | undefined;
  readonly image?: string | undefined;
  /** Domain of the machine. */
  readonly domain?: string | undefined;
}

const value = (text: string): readonly Value[] => [new Value(text)];

const values = (texts: readonly string[] | undefined) => texts?.map((text) => new Value(text));

const DOLLAR = 0x24;

/**
 * Elements of the grammar and the ambient ones: `$args` (present if there are any), `$stdin` (its text, or the file's name),
 * `$stdinFile`, `$piped` (what other commands of the line fetch for it), `$decoded` (files that they decode for it), `$env.NAME`, `$parent`, `$image`,
 * `$domain`.
 */
export function elementsOf(parsed: Parsed, around: Surroundings): Elements {
  let made: Map<string, readonly Value[] | undefined> | undefined;
  const ambient = (element: string): readonly Value[] | undefined => {
    if (element === "$args") return around.arguments > 0 ? value("") : undefined;
    if (element === "$stdin") return around.stdin?.text === undefined ? undefined : value(around.stdin.text);
    if (element === "$stdinFile")
      return around.stdin?.file === undefined ? values(around.piped?.().files) : value(around.stdin.file);
    if (element === "$piped") {
      const fetched = around.piped?.().fetched;
      return fetched === undefined ? undefined : value(fetched);
    }
    if (element === "$decoded") return values(around.piped?.().decoded);
    if (element === "$parent") return around.parent === undefined ? undefined : value(around.parent);
    if (element === "$image") return around.image === undefined ? undefined : value(around.image);
    if (element === "$domain") return around.domain === undefined ? undefined : value(around.domain);
    if (element === "$unknown") return parsed.unknown.map((text) => new Value(text));
    if (element.startsWith("$env.")) {
      const text = around.env?.[element.slice(5)];
      return text === undefined ? undefined : value(text);
    }
    return undefined;
  };
  return (element) => {
    if (element.charCodeAt(0) !== DOLLAR) return parsed.values.get(element);
    // Made once, so that the same value is the same object and can be claimed.
    made ??= new Map();
    if (!made.has(element)) made.set(element, ambient(element));
    return made.get(element);
  };
}
