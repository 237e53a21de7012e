import type { Node, Redirect } from "./tree.ts";

/** The limits that one text shares among all its nested readers. */
export interface Limits {
  cut?: string;
  /** Commands that were read so far. */
  commands: number;
}

/** A place in a text, shared by the readers of words, tokens and commands. */
export interface Scan {
  readonly text: string;
  pos: number;
  depth: number;
  readonly limits: Limits;
  /** Here-documents whose bodies begin after the next newline. */
  readonly heredocs: {
    readonly redirect: Redirect;
    readonly end: string;
    readonly quoted: boolean;
    readonly tabs: boolean;
  }[];
  /** Reads commands up to an unmatched `)` or the end, and leaves `pos` on it. */
  readonly commands: (scan: Scan) => Node;
}

export function newScan(text: string, parent: Pick<Scan, "depth" | "limits" | "commands">): Scan {
  return { text, pos: 0, depth: parent.depth, limits: parent.limits, heredocs: [], commands: parent.commands };
}
