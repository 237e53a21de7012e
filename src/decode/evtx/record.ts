import type { LogRecord, Shape } from "../../model/record.ts";
import { arrayTexts } from "./array.ts";
import { u16, u64 } from "./bytes.ts";
import type { Chunk, RecordHead } from "./chunk.ts";
import { Numbers } from "./numbers.ts";
import type { Cell, Nest } from "./plan.ts";
import type { ValueTable } from "./table.ts";
import { filetimeToMillis, systemtimeToMillis } from "./time.ts";
import { ARRAY, scalarText, TYPE } from "./value.ts";

/** Fragments within fragments that one record may open; real records have one or two. */
const MAX_TABLES = 64;

/** What stands in the names of fields of `System` behind that word. */
const DOT = 0x2e;

/** A field of a record whose names no plan knows: a cell, or one item of an unnamed array. */
interface Field {
  readonly table: ValueTable;
  readonly cell: Cell;
  readonly text?: string;
}

/** What the record's header says. */
export interface RecordHeader {
  /** The record's number in its chunk header's count; as a rule the same as System/EventRecordID. */
  readonly number: number;
  /** Milliseconds since 1970 at which it was written. */
  readonly written: number;
}

/**
 * One record of a Windows event log. Fields of EventData and UserData go by their names, those of System by
 * `System.` and the name of the attribute or element (`System.Level`, `System.ProcessID`, `System.UserID`;
 * the attributes of Provider are `System.Provider` and `System.ProviderGuid`, the time is `System.TimeCreated`).
 * Unnamed `<Data>` are `Data`, `Data2`, `Data3` …; an array in one counts as so many. Text is made when asked for.
 */
export class EvtxRecord implements LogRecord {
  // Declared only, as they would be made twice: by the language, and by the constructor.
  declare readonly file: string;
  declare readonly index: number;
  declare readonly chunk: Chunk;
  declare readonly header: RecordHeader;
  #tables: readonly ValueTable[];
  #isResolved = false;
  /** Present where an unnamed array makes names that no plan knows. */
  #expanded: Map<string, Field> | undefined;
  #host: string | undefined;
  /** Provider and event id, where somebody has read them already. */
  readonly #head: RecordHead | undefined;

  constructor(
    file: string,
    index: number,
    chunk: Chunk,
    header: RecordHeader,
    root: ValueTable,
    head: RecordHead | undefined,
  ) {
    this.file = file;
    this.index = index;
    this.chunk = chunk;
    this.header = header;
    this.#tables = [root];
    this.#head = head;
  }

  get shape(): Shape {
    return "winevent";
  }

  get recordId(): number {
    const table = this.#tables[0]!;
    const slot = table.plan.system.get("System.EventRecordID")?.slot ?? -1;
    const isNumber = slot >= 0 && table.type(slot) === TYPE.uint64 && table.size(slot) >= 8;
    if (isNumber) return u64(table.bytes, table.start(slot));
    return this.#number("System.EventRecordID") ?? this.header.number;
  }

  get provider(): string | undefined {
    return this.#head?.provider ?? this.#system("System.Provider") ?? this.#system("System.EventSourceName");
  }

  get eventId(): number | undefined {
    if (this.#head) return this.#head.eventId;
    const known = eventIdOf(this.#tables[0]!);
    return known >= 0 ? known : this.#number("System.EventID");
  }

  get channel(): string | undefined {
    return this.#system("System.Channel");
  }

  get host(): string | undefined {
    // Asked for several times, as the keys of processes begin with it.
    this.#host ??= this.#system("System.Computer");
    return this.#host;
  }

  /** When the event happened; where that cannot be read, when it was written. */
  get time(): number {
    const root = this.#tables[0]!;
    const table = root.plan.time >= 0 ? root : this.#systemTable("System.TimeCreated");
    const slot = table?.plan.time ?? -1;
    if (table === undefined || slot < 0) return this.header.written;
    const type = table.type(slot);
    const size = table.size(slot);
    if (type === TYPE.fileTime && size >= 8) return filetimeToMillis(table.bytes, table.start(slot));
    if (type === TYPE.systemTime && size >= 16) return systemtimeToMillis(table.bytes, table.start(slot));
    return this.header.written;
  }

  /** The fragments that make up the record, the event's own first. */
  get tables(): readonly ValueTable[] {
    this.#resolve();
    return this.#tables;
  }

  get(name: string): string | undefined {
    // One character tells nearly all names of other fields.
    if (name.charCodeAt(6) === DOT && name.startsWith("System.")) return this.#system(name);
    this.#resolve();
    if (this.#expanded !== undefined) {
      const field = this.#expanded.get(name);
      return field === undefined ? undefined : (field.text ?? cellText(field.table, field.cell));
    }
    const tables = this.#tables;
    for (let i = 0; i < tables.length; i++) {
      const table = tables[i]!;
      // What holds another fragment has no fields of its own, as a rule.
      const cell = table.plan.data.length === 0 ? undefined : table.plan.byName.get(name);
      if (cell !== undefined) return cellText(table, cell);
    }
    return undefined;
  }

  list(name: string): readonly string[] | undefined {
    this.#resolve();
    for (const table of this.#tables) {
      const slot = table.plan.byName.get(name)?.slot ?? -1;
      if (slot >= 0 && isArray(table.type(slot))) return itemsOf(table, slot);
    }
    return undefined;
  }

  names(): readonly string[] {
    this.#resolve();
    const names: string[] = [];
    if (this.#expanded !== undefined) {
      for (const [name, { table, cell }] of this.#expanded) if (isPresent(table, cell)) names.push(name);
      return names;
    }
    for (const table of this.#tables) {
      for (const cell of table.plan.data) if (isPresent(table, cell)) names.push(cell.name);
    }
    return this.#tables.length > 2 ? [...new Set(names)] : names;
  }

  #system(name: string): string | undefined {
    const root = this.#tables[0]!;
    const cell = root.plan.system.get(name);
    if (cell !== undefined) return cellText(root, cell);
    const table = this.#systemTable(name);
    return table && cellText(table, table.plan.system.get(name)!);
  }

  /** The fragment that has a field of System: nearly always the event's own, and nothing else needs opening then. */
  #systemTable(name: string): ValueTable | undefined {
    if (this.#tables[0]!.plan.system.has(name)) return this.#tables[0];
    this.#resolve();
    return this.#tables.find((table) => table.plan.system.has(name));
  }

  #number(name: string): number | undefined {
    const text = this.#system(name);
    if (text === undefined || text === "") return undefined;
    const number = Number(text);
    return Number.isNaN(number) ? undefined : number;
  }

  /** Opens the fragments that stand in values. Done once, and only for a record somebody reads. */
  #resolve(): void {
    if (this.#isResolved) return;
    this.#isResolved = true;
    let tables = this.#tables;
    let hasUnnamedArray = false;
    for (let i = 0; i < tables.length; i++) {
      const table = tables[i]!;
      for (const nest of table.plan.nests) {
        const inner = tables.length < MAX_TABLES ? this.#open(table, nest) : undefined;
        // To push would make room for many, and so does to spread; nearly all records have one.
        if (inner !== undefined) tables = tables.length === 1 ? [tables[0]!, inner] : [...tables, inner];
      }
      if (table.plan.hasUnnamed && table.plan.data.some((cell) => isUnnamedArray(table, cell))) hasUnnamedArray = true;
    }
    this.#tables = tables;
    if (hasUnnamedArray) this.#expanded = expand(tables);
  }

  #open(table: ValueTable, nest: Nest): ValueTable | undefined {
    if (nest.slot < 0) return this.chunk.openInstance(nest.at, table.bytes.length, nest.place);
    if (table.type(nest.slot) !== TYPE.binXml) return undefined;
    const start = table.start(nest.slot);
    return this.chunk.open(start, start + table.size(nest.slot), nest.place);
  }
}

/** The event id, at the cost of a few loads; -1 where it takes a look at the whole record. */
function eventIdOf(root: ValueTable): number {
  const { head } = root.plan;
  if (head === undefined || root.type(head.eventId) !== TYPE.uint16 || root.size(head.eventId) < 2) return -1;
  return u16(root.bytes, root.start(head.eventId));
}

function expand(tables: readonly ValueTable[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  const numbers = new Numbers();
  for (const table of tables) {
    for (const cell of table.plan.data) {
      const base = cell.unnamed ? unnumbered(cell.name) : cell.name;
      if (isUnnamedArray(table, cell)) {
        for (const text of itemsOf(table, cell.slot)) fields.set(numbers.free(base, fields), { table, cell, text });
      } else {
        fields.set(numbers.free(base, fields), { table, cell });
      }
    }
  }
  return fields;
}

/** The plan has numbered the unnamed cells already; items of an array move the numbers on. */
function unnumbered(name: string): string {
  return name.replace(/(?<!\d)\d+$/, "");
}

function isArray(type: number): boolean {
  return type >= ARRAY;
}

function isUnnamedArray(table: ValueTable, cell: Cell): boolean {
  return cell.unnamed && cell.slot >= 0 && isArray(table.type(cell.slot));
}

function itemsOf(table: ValueTable, slot: number): string[] {
  return arrayTexts(table.bytes, table.type(slot), table.start(slot), table.size(slot));
}

/** Whether a record has a field at all: a null attribute is absent, and a fragment is no text. */
function isPresent(table: ValueTable, cell: Cell): boolean {
  if (cell.slot < 0) return true;
  const type = table.type(cell.slot);
  return type === TYPE.null ? !cell.nullable : type !== TYPE.binXml;
}

function cellText(table: ValueTable, cell: Cell): string | undefined {
  if (cell.constant !== undefined) return cell.constant;
  if (cell.slot >= 0) return isPresent(table, cell) ? slotText(table, cell.slot) : undefined;
  return cell.parts?.map((part) => (typeof part === "string" ? part : slotText(table, part))).join("");
}

/** A value as text; null and fragments have none. */
function slotText(table: ValueTable, slot: number): string {
  const type = table.type(slot);
  if (type === TYPE.null || type === TYPE.binXml) return "";
  if (isArray(type)) return itemsOf(table, slot).join(",");
  return scalarText(table.bytes, type, table.start(slot), table.size(slot));
}
