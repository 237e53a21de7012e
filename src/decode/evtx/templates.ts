import { u32 } from "./bytes.ts";
import { readFragment } from "./fragment.ts";
import { TEMPLATE_HEADER_SIZE } from "./layout.ts";
import { type Place, type Plan, planOf, ROOT } from "./plan.ts";
import type { Node } from "./tree.ts";

/** A template definition of a chunk: its tree, and its fields by the place it is used at. */
export class Template {
  readonly nodes: readonly Node[];
  readonly #root: Plan;
  readonly #elsewhere = new Map<string, Plan>();

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
    this.#root = planOf(nodes, ROOT);
  }

  plan(place: Place): Plan {
    if (place === ROOT) return this.#root;
    const key = `${place.kind} ${place.prefix}`;
    let plan = this.#elsewhere.get(key);
    if (plan === undefined) {
      plan = planOf(this.nodes, place);
      this.#elsewhere.set(key, plan);
    }
    return plan;
  }
}

/** Templates seen so far in a file, by id (the first four bytes of the GUID): they stand in for damaged definitions. */
export type TemplateMemory = Map<number, Template>;

/** Real logs have a few hundred templates. */
const MAX_REMEMBERED = 4096;

/** The templates of one chunk, compiled at first use. */
export class Templates {
  readonly #bytes: Buffer;
  readonly #memory: TemplateMemory;
  readonly #byOffset = new Map<number, Template | undefined>();

  constructor(bytes: Buffer, memory: TemplateMemory) {
    this.#bytes = bytes;
    this.#memory = memory;
  }

  /** The template defined at a chunk offset; undefined where there is none that can be read. */
  at(offset: number, id: number): Template | undefined {
    const known = this.#byOffset.get(offset);
    if (known !== undefined || this.#byOffset.has(offset)) return known;
    const template = this.#compile(offset, id) ?? this.#memory.get(id);
    this.#byOffset.set(offset, template);
    return template;
  }

  #compile(offset: number, id: number): Template | undefined {
    const start = offset + TEMPLATE_HEADER_SIZE;
    if (start > this.#bytes.length) return undefined;
    const { nodes, complete } = readFragment(this.#bytes, start, start + u32(this.#bytes, offset + 20), true);
    const isSound = complete && u32(this.#bytes, offset + 4) === id;
    if (!isSound && this.#memory.has(id)) return undefined;
    if (!nodes.some((node) => node.kind === "element")) return undefined;
    const template = new Template(nodes);
    if (isSound && !this.#memory.has(id) && this.#memory.size < MAX_REMEMBERED) this.#memory.set(id, template);
    return template;
  }
}
