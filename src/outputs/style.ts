import type { Level } from "../model/level.ts";

/** Text styles of a terminal; the identity where colour is off. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  underline(text: string): string;
  accent(text: string): string;
  level(level: Level, text: string): string;
}

const CODES = { bold: [1, 22], dim: [2, 22], underline: [4, 24], accent: [36, 39] } as const;

/** Foreground colours that are told apart on light and dark terminals, and without seeing red from green. */
const LEVEL: Record<Level, string> = {
  informational: "2",
  low: "34",
  medium: "33",
  high: "31",
  critical: "1;97;41",
};

const plain = (text: string) => text;
const PLAIN: Style = { bold: plain, dim: plain, underline: plain, accent: plain, level: (_, text) => text };

const wrap =
  ([on, off]: readonly [number, number]) =>
  (text: string) =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const COLOURED: Style = {
  bold: wrap(CODES.bold),
  dim: wrap(CODES.dim),
  underline: wrap(CODES.underline),
  accent: wrap(CODES.accent),
  level: (level, text) => `\u001b[${LEVEL[level]}m${text}\u001b[0m`,
};

export function style(colour: boolean): Style {
  return colour ? COLOURED : PLAIN;
}
