import type { LogRecord } from "../../model/record.ts";
import { u32 } from "./bytes.ts";
import { readFragment } from "./fragment.ts";
import { TEMPLATE_HEADER_SIZE } from "./layout.ts";
import { type Place, planOf } from "./plan.ts";
import { ValueTable } from "./table.ts";
import type { Template } from "./template.ts";
import { type TemplateMemory, Templates } from "./templates.ts";

/** By what a record is wanted or not. */
export type RecordHead = Pick<LogRecord, "shape" | "provider" | "eventId">;

/** One chunk: its own 64 KiB of bytes, so that its records may outlive the block they came in, and its templates. */
export class Chunk {
  readonly bytes: Buffer;
  /** Byte offset of the chunk in its file. */
  readonly offset: number;
  readonly #templates: Templates;

  constructor(bytes: Buffer, offset: number, memory: TemplateMemory) {
    this.bytes = bytes;
    this.offset = offset;
    this.#templates = new Templates(bytes, memory);
  }

  /** Opens the BinXML between two chunk offsets, which stands at `place`; undefined where nothing can be read. */
  open(at: number, end: number, place: Place): ValueTable | undefined {
    const bytes = this.bytes;
    const token = bytes[at] === 0x0f ? at + 4 : at;
    if (token < end && bytes[token] === 0x0c) return this.openInstance(token + 1, end, place);
    const { nodes } = readFragment(bytes, at, end, false);
    return nodes.length === 0 ? undefined : new ValueTable(bytes, planOf(nodes, place), end, 0, end);
  }

  /** The template defined at a chunk offset; undefined where there is none that can be read. */
  template(definition: number, id: number): Template | undefined {
    return this.#templates.at(definition, id);
  }

  /** Opens the template instance whose token ends at `at`: a byte, template id u32, definition offset u32, values. */
  openInstance(at: number, end: number, place: Place): ValueTable | undefined {
    const bytes = this.bytes;
    if (at + 13 > end) return undefined;
    const definition = u32(bytes, at + 5);
    const template = this.template(definition, u32(bytes, at + 1));
    if (template === undefined) return undefined;
    const values = definition === at + 9 ? this.#behindDefinition(definition, end) : at + 9;
    if (values + 4 > end) return undefined;
    const count = u32(bytes, values);
    if (values + 4 + count * 4 > end) return undefined;
    return new ValueTable(bytes, template.plan(place), values + 4, count, end);
  }

  /** End of a definition that stands in the instance: by its size, or by its tokens where the size is damaged. */
  #behindDefinition(definition: number, end: number): number {
    const start = definition + TEMPLATE_HEADER_SIZE;
    const behind = start + u32(this.bytes, definition + 20);
    return behind < end ? behind : readFragment(this.bytes, start, end, true).end;
  }
}
