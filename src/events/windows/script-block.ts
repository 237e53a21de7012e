import type { CommandExecution } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import type { EventFactory } from "../define.ts";
import { toInteger } from "../fields.ts";
import { type LogSource, winevent } from "../source.ts";

/** Blocks that wait for further parts, parts of one block, and characters of all that wait. */
const MAX_BLOCKS = 64;
const MAX_PARTS = 1024;
const MAX_CHARACTERS = 16_777_216;

interface Pending {
  readonly first: LogRecord;
  readonly total: number;
  readonly parts: Map<number, string>;
  size: number;
}

/**
 * 4104 splits a long script over several records (`MessageNumber` of `MessageTotal`, one `ScriptBlockId`). Parts are
 * joined in their order, whatever order they came in, and the event stands at the record that came first. What is
 * incomplete when room runs out or the input ends is given out with the parts that are there.
 */
export function scriptBlocks(id: string, provider: string, block: EventFactory<"commandExecution">): LogSource {
  const pending = new Map<string, Pending>();
  let characters = 0;

  const release = (key: string, entry: Pending): CommandExecution => {
    pending.delete(key);
    characters -= entry.size;
    const text = [...entry.parts.entries()].sort(([a], [b]) => a - b).map(([, part]) => part);
    return block(entry.first, { text: text.join("") });
  };

  const add = (record: LogRecord, script: string, number: number, total: number): readonly CommandExecution[] => {
    const key = `${record.host}|${record.get("ScriptBlockId") ?? ""}`;
    const entry = pending.get(key) ?? { first: record, total, parts: new Map<number, string>(), size: 0 };
    if (!entry.parts.has(number)) {
      entry.parts.set(number, script);
      entry.size += script.length;
      characters += script.length;
    }
    pending.set(key, entry);
    if (entry.parts.size >= entry.total) return [release(key, entry)];
    const evicted: CommandExecution[] = [];
    for (const [oldKey, old] of pending) {
      if (pending.size <= MAX_BLOCKS && characters <= MAX_CHARACTERS) break;
      evicted.push(release(oldKey, old));
    }
    return evicted;
  };

  const understand = (record: LogRecord) => {
    const script = record.get("ScriptBlockText");
    if (!script) return undefined;
    const total = toInteger(record.get("MessageTotal")) ?? 1;
    const number = toInteger(record.get("MessageNumber")) ?? 1;
    if (total <= 1 || total > MAX_PARTS || number > total) return block(record, { text: script });
    return add(record, script, number, total);
  };

  return {
    ...winevent(id, provider, [4104], ["commandExecution"], understand),
    end: () => [...pending].map(([key, entry]) => release(key, entry)),
  };
}
