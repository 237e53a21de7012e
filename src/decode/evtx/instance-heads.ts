import { copyOf, isSame } from "./bytes.ts";
import type { Chunk } from "./chunk.ts";
import type { Head } from "./heads.ts";
import { interned } from "./interned.ts";
import { TEMPLATE_HEADER_SIZE } from "./layout.ts";
import { type Plan, type PlanHead, ROOT } from "./plan.ts";
import { TYPE } from "./value.ts";

/** Kinds of record that are remembered; a log that makes up providers shall not fill the memory. */
const MAX_KNOWN = 1 << 14;

/** An instance, from its fragment's header on: token, a byte, id u32, offset of the definition u32, the values or the definition. */
const ID = 6;
const DEFINITION = 10;
const VALUES = 14;
/** One without values. */
export const SHORTEST_INSTANCE = VALUES + 4;

/** Records of one provider, by id. */
interface Source {
  readonly provider: string;
  /** Its name as it stands in values. */
  readonly name: DataView;
  readonly ids: Map<number, Head>;
}

/** Records made from one template. */
interface Made {
  readonly head: PlanHead;
  readonly byProvider: Map<string, Source>;
  /** That of the latest record: records alike in this come in a row. */
  latest: Source;
}

const NO_NAME = new DataView(new ArrayBuffer(0));

/** What tells records apart that are made from templates. */
export class InstanceHeads {
  readonly #made = new Map<Plan, Made>();
  #size = 0;
  /** The definition that was used last. */
  #chunk: Chunk | undefined;
  #definition = -1;
  #latest: Made | undefined;

  /** The head of the instance between two chunk offsets; undefined where only the whole record can tell. */
  at(chunk: Chunk, view: DataView, start: number, end: number): Head | undefined {
    const definition = view.getUint32(start + DEFINITION, true);
    if (this.#chunk !== chunk || this.#definition !== definition) {
      this.#latest = this.#madeFrom(chunk.template(definition, view.getUint32(start + ID, true))?.plan(ROOT));
      this.#chunk = chunk;
      this.#definition = definition;
    }
    const made = this.#latest;
    if (made === undefined) return undefined;
    let values = start + VALUES;
    if (definition === values) {
      if (values + TEMPLATE_HEADER_SIZE > end) return undefined;
      values += TEMPLATE_HEADER_SIZE + view.getUint32(values + TEMPLATE_HEADER_SIZE - 4, true);
    }
    if (values + 4 > end) return undefined;
    const count = view.getUint32(values, true);
    const slots = values + 4;
    const first = slots + count * 4;
    const { eventId, providerSlot } = made.head;
    if (first > end || eventId >= count || providerSlot >= count) return undefined;
    const number = startOf(view, slots, first, eventId);
    const isNumber =
      view.getUint8(slots + eventId * 4 + 2) === TYPE.uint16 && view.getUint16(slots + eventId * 4, true) >= 2;
    if (!isNumber || number + 2 > end) return undefined;
    if (providerSlot >= 0) {
      const name = startOf(view, slots, first, providerSlot);
      const size = view.getUint16(slots + providerSlot * 4, true);
      if (view.getUint8(slots + providerSlot * 4 + 2) !== TYPE.string || name + size > end) return undefined;
      const known = made.latest.name;
      if (known.byteLength !== size || !isSame(known, 0, view, name, size)) turnTo(made, chunk.bytes, name, size);
    }
    const id = view.getUint16(number, true);
    return made.latest.ids.get(id) ?? this.#add(made.latest, id);
  }

  #madeFrom(plan: Plan | undefined): Made | undefined {
    if (plan?.head === undefined) return undefined;
    let made = this.#made.get(plan);
    if (made === undefined) {
      const { head } = plan;
      made = { head, byProvider: new Map(), latest: { provider: head.provider ?? "", name: NO_NAME, ids: new Map() } };
      this.#made.set(plan, made);
    }
    return made;
  }

  #add({ provider, ids }: Source, eventId: number): Head | undefined {
    if (provider === "") return undefined;
    if (this.#size++ >= MAX_KNOWN) this.clear();
    const known: Head = { head: { shape: "winevent", provider, eventId }, isUnwanted: false, count: 0 };
    ids.set(eventId, known);
    return known;
  }

  /** Forgets all; heads that were given out go on to be counted by whoever has them. */
  clear(): void {
    this.#made.clear();
    this.#chunk = undefined;
    this.#latest = undefined;
    this.#size = 0;
  }
}

function turnTo(made: Made, bytes: Buffer, name: number, size: number): void {
  const provider = interned.text(bytes, name, size);
  let source = made.byProvider.get(provider);
  if (source === undefined) {
    source = { provider, name: copyOf(bytes, name, name + size), ids: new Map() };
    made.byProvider.set(provider, source);
  }
  made.latest = source;
}

/** Chunk offset of a value: those before it say how long they are. */
function startOf(view: DataView, slots: number, first: number, slot: number): number {
  let at = first;
  for (let i = slots; i < slots + slot * 4; i += 4) at += view.getUint16(i, true);
  return at;
}
