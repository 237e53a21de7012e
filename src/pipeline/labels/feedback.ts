import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { textOf } from "../../decode/json/encoding.ts";
import { linesIn } from "../../decode/text/lines.ts";
import { firstBytes } from "../../decode/text/whole.ts";
import { WhatranError } from "../../errors.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { reasonOf } from "../../model/reason.ts";
import { jsonLine } from "../../outputs/escape.ts";

/** What an analyst found a finding to be. */
export const VERDICTS = ["true", "false", "unsure"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A line of a feedback file. The last line for a finding counts. */
export interface Feedback {
  readonly schema: "whatran/feedback/1";
  /** The finding's. */
  readonly id: string;
  readonly label: Verdict;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly author?: string;
  readonly note?: string;
}

const ID = /^[0-9a-f]{16}$/;

export const isFindingId = (text: string): boolean => ID.test(text);

export const isVerdict = (text: unknown): text is Verdict => VERDICTS.some((verdict) => verdict === text);

/** Whether a line that a crash cut short stands at the end: the next one must not become part of it. */
function endsOpen(file: number): boolean {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/**
 * Adds a line, in one write that is on disk when this returns: a kill leaves the file with the line or without it, and what was there stays.
 * @throws WhatranError `feedback/unwritable`
 */
export function appendFeedback(path: string, feedback: Feedback): void {
  try {
    const file = openSync(path, "a+", 0o600);
    try {
      writeSync(file, `${endsOpen(file) ? "\n" : ""}${jsonLine(feedback)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new WhatranError("feedback/unwritable", `${path} cannot be written: ${reasonOf(error)}`);
  }
}

function parsed(line: string): Feedback | undefined {
  try {
    const value = JSON.parse(line) as Partial<Feedback> | null;
    const { schema, id, label } = value ?? {};
    return schema === "whatran/feedback/1" && typeof id === "string" && isFindingId(id) && isVerdict(label)
      ? (value as Feedback)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Labels of many years; to read more takes minutes. */
const LARGEST = 1 << 26;

/**
 * The labels of a feedback file by the finding's id, and how many lines were no label, which is told with the place of the first. None
 * where there is no file.
 * @throws WhatranError `feedback/unreadable`
 */
export function readFeedback(
  path: string,
  tell: (diagnostic: Diagnostic) => void = () => {},
): { readonly labels: ReadonlyMap<string, Verdict>; readonly damaged: number } {
  const labels = new Map<string, Verdict>();
  let damaged = 0;
  let first = 0;
  let number = 0;
  for (const line of linesIn(textAt(path, tell))) {
    number++;
    if (line.trim() === "") continue;
    const one = parsed(line);
    if (one) labels.set(one.id, one.label);
    else if (++damaged === 1) first = number;
  }
  if (damaged > 0) {
    const message = damaged === 1 ? "no label" : `no label, nor are ${damaged - 1} further lines`;
    tell({ code: "feedback/bad-line", message, file: path, line: first });
  }
  return { labels, damaged };
}

function textAt(path: string, tell: (diagnostic: Diagnostic) => void): string {
  if (!existsSync(path)) return "";
  try {
    const { bytes, isCut } = firstBytes(path, LARGEST);
    if (isCut) {
      const message = `only the first ${LARGEST >> 20} MiB are read`;
      tell({ code: "feedback/limit", message, file: path, offset: LARGEST });
    }
    return textOf(bytes);
  } catch (error) {
    throw new WhatranError("feedback/unreadable", `${path} cannot be read: ${reasonOf(error)}`);
  }
}
