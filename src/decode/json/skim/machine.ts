import { moduleOf } from "./assemble.ts";
import { byteByByte, type Engine } from "./byte-by-byte.ts";
import { PAGES, writeTables } from "./layout.ts";
import { run } from "./program-run.ts";
import { unpack } from "./program-unpack.ts";

/** As much of WebAssembly's interface as is used; the types of Node leave it to browsers'. */
interface WebAssemblyLike {
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
}

export interface Machine {
  readonly memory: ArrayBuffer;
  readonly engine: Engine;
}

let module: object | undefined;
/** Machines that readers are done with: the next reader of a folder of small files need not wait for its own. */
const idle: Machine[] = [];
const MOST_IDLE = 4;

/** With WebAssembly's vectors where the machine has them. What an earlier user left in the memory is still there. */
export function takeMachine(): Machine {
  const machine = idle.pop();
  if (machine) return machine;
  try {
    return vectors();
  } catch {
    return plainMachine();
  }
}

export function giveBack(machine: Machine): void {
  if (idle.length < MOST_IDLE) idle.push(machine);
}

/** @throws where WebAssembly is switched off or has no vectors */
export function vectors(): Machine {
  const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WebAssemblyLike }).WebAssembly;
  module ??= new Module(moduleOf([run, unpack], PAGES));
  const memory = new Memory({ initial: PAGES, maximum: PAGES });
  const { exports } = new Instance(module, { env: { memory } });
  writeTables(new Uint8Array(memory.buffer));
  return { memory: memory.buffer, engine: exports as unknown as Engine };
}

export function plainMachine(): Machine {
  const memory = new ArrayBuffer(PAGES * 65_536);
  writeTables(new Uint8Array(memory));
  return { memory, engine: byteByByte(memory) };
}
