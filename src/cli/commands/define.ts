import type { Command } from "commander";
import type { Io } from "../io.ts";

/** What a command's module exports as `define`: it adds arguments, options, examples and an action that yields an exit code. */
export type Define = (command: Command, io: Io, done: (code: number) => void) => void;
