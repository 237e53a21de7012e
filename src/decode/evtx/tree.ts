/** A BinXML fragment or template as a tree: text, elements, and the holes that a record's values fill. */
export type Node = TextNode | SlotNode | ElementNode | InstanceNode;

interface TextNode {
  readonly kind: "text";
  readonly text: string;
}

/** A substitution: the record's value number `index` stands here. */
interface SlotNode {
  readonly kind: "slot";
  readonly index: number;
  /** An optional substitution of a null value leaves out the attribute it stands in. */
  readonly optional: boolean;
}

export interface ElementNode {
  readonly kind: "element";
  readonly name: string;
  readonly attributes: readonly AttributeNode[];
  readonly children: readonly Node[];
}

export interface AttributeNode {
  readonly name: string;
  readonly parts: readonly Node[];
}

/** A template instance that stands as such in a fragment; `at` is the chunk offset behind its token. */
interface InstanceNode {
  readonly kind: "instance";
  readonly at: number;
}

/** What was read of a fragment. */
export interface Fragment {
  readonly nodes: readonly Node[];
  /** Chunk offset behind the last token that was read. */
  readonly end: number;
  /** False where an unknown token or the end of the bytes cut the fragment short. */
  readonly complete: boolean;
}
