/** The reading of a Windows command line: arguments, program, rest of the line. */
export { type ProgramLine, splitProgram } from "./program.ts";
export { rest, splitArguments, splitWindows, type Token } from "./tokens.ts";
