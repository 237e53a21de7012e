import { Numbers } from "./numbers.ts";
import type { ElementNode, Node } from "./tree.ts";

/**
 * Where in an event a fragment stands, and so what its elements mean. `fields` is any element whose children are
 * fields by their own names, `prefix` in front.
 */
export interface Place {
  readonly kind: "root" | "event" | "system" | "userData" | "fields";
  readonly prefix: string;
}

export const ROOT: Place = { kind: "root", prefix: "" };
const EVENT: Place = { kind: "event", prefix: "" };
const FIELDS: Place = { kind: "fields", prefix: "" };
const SECTIONS: ReadonlyMap<string, Place> = new Map<string, Place>([
  ["System", { kind: "system", prefix: "System." }],
  ["EventData", FIELDS],
  ["UserData", { kind: "userData", prefix: "" }],
]);

/** A named field: text that the template fixes, or the values that fill it. */
export interface Cell {
  readonly name: string;
  /** The whole text, where no value has a part in it. */
  readonly constant: string | undefined;
  /** The value that is the whole field; -1 where there is none such. */
  readonly slot: number;
  /** Text and value numbers in turn, where the field mixes them. */
  readonly parts: readonly (string | number)[] | undefined;
  /** An attribute, or part of `System`: absent, not empty, where its value is null. */
  readonly nullable: boolean;
  /** A `<Data>` without a name: an array in it stands for as many of them. */
  readonly unnamed: boolean;
}

/** A BinXML value or a template instance that may stand inside, and what it would mean there. */
export interface Nest {
  readonly slot: number;
  /** Chunk offset of an instance that needs no slot; -1 for a slot. */
  readonly at: number;
  readonly place: Place;
}

/** What a template says about every record made from it. */
export interface Plan {
  readonly nodes: readonly Node[];
  readonly system: ReadonlyMap<string, Cell>;
  readonly data: readonly Cell[];
  readonly byName: ReadonlyMap<string, Cell>;
  readonly nests: readonly Nest[];
  readonly hasUnnamed: boolean;
  /** By what records are told apart, where each part of it is either fixed or one value: nearly always. */
  readonly head: PlanHead | undefined;
  /** The slot of the time at which it happened; -1 where it is none. */
  readonly time: number;
}

export interface PlanHead {
  /** The provider's name, where the template itself has it. */
  readonly provider: string | undefined;
  /** Else the slot of it: since Windows 10 one template carries the events of all providers, and what they say stands inside it. */
  readonly providerSlot: number;
  /** Slot of the event id. */
  readonly eventId: number;
}

/** Finds the fields of a fragment that stands at `place`. */
export function planOf(nodes: readonly Node[], place: Place): Plan {
  const planner = new Planner(nodes);
  planner.walk(nodes, place);
  planner.head = headOf(planner.system);
  planner.time = planner.system.get("System.TimeCreated")?.slot ?? -1;
  return planner;
}

function headOf(system: ReadonlyMap<string, Cell>): PlanHead | undefined {
  const { constant: provider, slot: providerSlot = -1 } = system.get("System.Provider") ?? {};
  const eventId = system.get("System.EventID")?.slot ?? -1;
  const isTold = (provider !== undefined || providerSlot >= 0) && eventId >= 0;
  return isTold ? { provider, providerSlot, eventId } : undefined;
}

class Planner implements Plan {
  readonly nodes: readonly Node[];
  readonly system = new Map<string, Cell>();
  readonly data: Cell[] = [];
  readonly byName = new Map<string, Cell>();
  readonly nests: Nest[] = [];
  hasUnnamed = false;
  head: PlanHead | undefined;
  time = -1;
  readonly #numbers = new Numbers();

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  walk(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) {
      if (node.kind === "element") this.#element(node, place);
      else this.#nest(node, place);
    }
  }

  #element(element: ElementNode, place: Place): void {
    if (place.kind === "event") this.#section(element);
    else if (place.kind === "system") this.#system(element);
    else if (place.kind === "userData") this.#userData(element);
    else if (place.kind === "root" && element.name === "Event") this.walk(element.children, EVENT);
    else this.#fields(element, place);
  }

  #section(element: ElementNode): void {
    const { name, children } = element;
    if (name === "EventData") this.#attributes(element, "EventData.");
    this.walk(children, SECTIONS.get(name) ?? { kind: "fields", prefix: `${name}.` });
  }

  #system(element: ElementNode): void {
    for (const { name, parts } of element.attributes) {
      const key = SYSTEM_NAMES.get(`${element.name}/${name}`) ?? name;
      this.#addSystem(makeCell(`System.${key}`, parts, true, false));
    }
    if (element.children.length > 0) this.#addSystem(makeCell(`System.${element.name}`, element.children, true, false));
  }

  #addSystem(cell: Cell): void {
    if (!this.system.has(cell.name)) this.system.set(cell.name, cell);
  }

  /** The wrapper element below `UserData` gives no name; its attributes are namespaces. */
  #userData(element: ElementNode): void {
    if (hasElements(element)) {
      this.walk(element.children, FIELDS);
    } else {
      this.#addData(makeCell(element.name, element.children, false, false));
      this.#nestAll(element.children, FIELDS);
    }
  }

  #fields(element: ElementNode, place: Place): void {
    const own = element.name === "Data" ? nameAttribute(element) : undefined;
    const name = place.prefix + (own ?? element.name);
    if (own === undefined || element.attributes.length > 1) this.#attributes(element, `${name}.`);
    const inner: Place = { kind: "fields", prefix: `${name}.` };
    if (hasElements(element)) {
      this.walk(element.children, inner);
    } else {
      this.#addData(makeCell(name, element.children, false, element.name === "Data" && own === undefined));
      this.#nestAll(element.children, inner);
    }
  }

  #attributes(element: ElementNode, prefix: string): void {
    for (const { name, parts } of element.attributes) {
      const isName = element.name === "Data" && name === "Name";
      if (!isName && name !== "xmlns" && !name.startsWith("xmlns:")) {
        this.#addData(makeCell(prefix + name, parts, true, false));
      }
    }
  }

  #addData(cell: Cell): void {
    const name = this.#numbers.free(cell.name, this.byName);
    const named = name === cell.name ? cell : { ...cell, name };
    this.data.push(named);
    this.byName.set(name, named);
    if (cell.unnamed) this.hasUnnamed = true;
  }

  #nestAll(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) this.#nest(node, place);
  }

  #nest(node: Node, place: Place): void {
    if (node.kind === "slot") this.nests.push({ slot: node.index, at: -1, place });
    if (node.kind === "instance") this.nests.push({ slot: -1, at: node.at, place });
  }
}

/** Attributes within `System` that would mean nothing by their own name alone. */
const SYSTEM_NAMES: ReadonlyMap<string, string> = new Map([
  ["Provider/Name", "Provider"],
  ["Provider/Guid", "ProviderGuid"],
  ["TimeCreated/SystemTime", "TimeCreated"],
]);

function hasElements(element: ElementNode): boolean {
  return element.children.some((child) => child.kind === "element");
}

function nameAttribute(element: ElementNode): string | undefined {
  const parts = element.attributes.find((attribute) => attribute.name === "Name")?.parts;
  if (parts === undefined || parts.some((part) => part.kind !== "text")) return undefined;
  return textOf(parts);
}

function textOf(nodes: readonly Node[]): string {
  let text = "";
  for (const node of nodes) if (node.kind === "text") text += node.text;
  return text;
}

function makeCell(name: string, nodes: readonly Node[], nullable: boolean, unnamed: boolean): Cell {
  const parts: (string | number)[] = [];
  for (const node of nodes) {
    if (node.kind === "text") parts.push(node.text);
    else if (node.kind === "slot") parts.push(node.index);
  }
  const first = parts[0];
  if (parts.length === 1 && typeof first === "number") {
    return { name, constant: undefined, slot: first, parts: undefined, nullable, unnamed };
  }
  if (parts.every((part) => typeof part === "string")) {
    return { name, constant: parts.join(""), slot: -1, parts: undefined, nullable, unnamed };
  }
  return { name, constant: undefined, slot: -1, parts, nullable, unnamed };
}
