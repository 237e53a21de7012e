/** The reading of a Windows command line: arguments, program, rest of the line. */
export { asWord, rest, splitArguments, splitWindows } from "./tokens.ts";
