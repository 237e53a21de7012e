import { u32 } from "./bytes.ts";
import type { Holes } from "./cursor.ts";
import { readFragment } from "./fragment.ts";
import { TEMPLATE_HEADER_SIZE } from "./layout.ts";
import { type Place, type Plan, planOf, ROOT } from "./plan.ts";
import { Print } from "./print.ts";
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

/** Real logs have a few hundred templates, of each one definition. */
const MAX_REMEMBERED = 4096;
const MAX_PRINTS = 4;

interface Known {
  /** Stands in for damaged definitions of the same id. */
  readonly template: Template;
  /** What definitions of this id looked like, the latest last, and what they mean. */
  readonly prints: { readonly print: Print; readonly template: Template }[];
}

/** Templates seen so far in a file, by id (the first four bytes of the GUID). */
export type TemplateMemory = Map<number, Known>;

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
    const template = this.#recognise(offset, id) ?? this.#compile(offset, id) ?? this.#memory.get(id)?.template;
    this.#byOffset.set(offset, template);
    return template;
  }

  /** The same definition as in a chunk before. */
  #recognise(offset: number, id: number): Template | undefined {
    const start = offset + TEMPLATE_HEADER_SIZE;
    if (start > this.#bytes.length || u32(this.#bytes, offset + 4) !== id) return undefined;
    const end = Math.min(this.#bytes.length, start + u32(this.#bytes, offset + 20));
    return this.#memory.get(id)?.prints.findLast(({ print }) => print.fits(this.#bytes, start, end))?.template;
  }

  #compile(offset: number, id: number): Template | undefined {
    const start = offset + TEMPLATE_HEADER_SIZE;
    if (start > this.#bytes.length) return undefined;
    const holes: Holes = { list: [], isPortable: true };
    const { nodes, end, complete } = readFragment(
      this.#bytes,
      start,
      start + u32(this.#bytes, offset + 20),
      true,
      holes,
    );
    const isSound = complete && u32(this.#bytes, offset + 4) === id;
    if (!isSound && this.#memory.has(id)) return undefined;
    if (!nodes.some((node) => node.kind === "element")) return undefined;
    const template = new Template(nodes);
    if (isSound)
      this.#remember(id, template, holes.isPortable ? new Print(this.#bytes, start, end, holes.list) : undefined);
    return template;
  }

  #remember(id: number, template: Template, print: Print | undefined): void {
    let known = this.#memory.get(id);
    if (known === undefined && this.#memory.size < MAX_REMEMBERED) {
      known = { template, prints: [] };
      this.#memory.set(id, known);
    }
    if (known === undefined || print === undefined) return;
    if (known.prints.length === MAX_PRINTS) known.prints.shift();
    known.prints.push({ print, template });
  }
}
