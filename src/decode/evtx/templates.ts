import { u32 } from "./bytes.ts";
import type { Holes } from "./cursor.ts";
import { definitions } from "./definitions.ts";
import { readFragment } from "./fragment.ts";
import { TEMPLATE_HEADER_SIZE } from "./layout.ts";
import { Print } from "./print.ts";
import { Template } from "./template.ts";

/** Templates of a log that stand in for damaged definitions of the same id (the first four bytes of the GUID). */
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
    const template = this.#recognise(offset, id) ?? this.#compile(offset, id) ?? this.#memory.get(id);
    this.#byOffset.set(offset, template);
    return template;
  }

  /** The same definition as in a chunk before. */
  #recognise(offset: number, id: number): Template | undefined {
    const start = offset + TEMPLATE_HEADER_SIZE;
    if (start > this.#bytes.length || u32(this.#bytes, offset + 4) !== id) return undefined;
    const end = Math.min(this.#bytes.length, start + u32(this.#bytes, offset + 20));
    const template = definitions.find(this.#bytes, start, end, id);
    if (template) this.#remember(id, template);
    return template;
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
    if (isSound) {
      this.#remember(id, template);
      if (holes.isPortable) definitions.add(new Print(this.#bytes, start, end, holes.list), id, template);
    }
    return template;
  }

  #remember(id: number, template: Template): void {
    if (this.#memory.size < MAX_REMEMBERED && !this.#memory.has(id)) this.#memory.set(id, template);
  }
}
