import type { UnknownPart } from "../model.ts";
import { LONGEST_LINE } from "./lines.ts";

/** A value of a registry export. */
export interface RegValue {
  readonly key: string;
  readonly name: string;
  readonly value: string | number;
  readonly line: number;
}

export interface RegFile {
  readonly values: readonly RegValue[];
  /** Lines that are no key and no value. */
  readonly unread: readonly UnknownPart[];
}

const HEADER = /^(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s*$/;
const VALUE =
  /^(?:"((?:[^"\\]|\\.)*)"|(@))\s*=\s*(?:"((?:[^"\\]|\\.)*)"|dword:([0-9a-f]{1,8})|(-|hex[^:]{0,8}:.*))\s*$/i;

export const isReg = (head: string): boolean => HEADER.test(head.trimStart().split(/\r?\n/, 1)[0] ?? "");

const unescaped = (text: string) => text.replace(/\\(.)/g, "$1");

/** Reads the text of a .reg file: strings and numbers; other types are passed over, deleted keys have no values. */
export function readReg(text: string): RegFile {
  const values: RegValue[] = [];
  const unread: UnknownPart[] = [];
  let key: string | undefined;
  let isContinued = false;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const wasContinued = isContinued;
    isContinued = line.endsWith("\\") && /^(?:[^;]*hex|(?:[0-9a-f]{2},)+\\$)/i.test(line);
    if (wasContinued || line === "" || line.startsWith(";") || HEADER.test(line)) continue;
    const section = /^\[(-?)(.*)\]$/.exec(line);
    if (section) {
      key = section[1] === "-" ? undefined : section[2];
      continue;
    }
    const found = line.length > LONGEST_LINE ? undefined : VALUE.exec(line);
    if (!found) unread.push({ what: "a line", line: at + 1 });
    else if (key !== undefined && found[5] === undefined) {
      const value = found[4] === undefined ? unescaped(found[3] ?? "") : Number.parseInt(found[4], 16);
      values.push({ key, name: unescaped(found[1] ?? ""), value, line: at + 1 });
    }
  }
  return { values, unread };
}

/** Text of a .reg file; strings must come escaped. */
export function regText(sections: readonly { readonly key: string; readonly lines: readonly string[] }[]): string {
  const bodies = sections.map(({ key, lines }) => `[${key}]\r\n${lines.map((line) => `${line}\r\n`).join("")}`);
  return `Windows Registry Editor Version 5.00\r\n\r\n${bodies.join("\r\n")}`;
}

export const dword = (value: number): string => `dword:${value.toString(16).padStart(8, "0")}`;
