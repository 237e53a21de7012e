import type { CaseProcess } from "../../model/case.ts";
import type { Member } from "./member.ts";

interface Node {
  image?: string;
  commandLine?: string;
  time?: number;
  findings: string[];
  children: Node[];
}

const iso = (time: number) => new Date(time).toISOString();

function plain({ image, commandLine, time, findings, children }: Node): CaseProcess {
  return {
    ...(image !== undefined && { image }),
    ...(commandLine !== undefined && { commandLine }),
    ...(time !== undefined && { time: iso(time) }),
    ...(findings.length > 0 && { findings }),
    ...(children.length > 0 && { children: children.map(plain) }),
  };
}

/** The processes of a case below those that started them; a process that stands above one finding only at its end. */
export function treeOf(members: readonly Member[]): readonly CaseProcess[] {
  const nodes = new Map<string, Node>();
  const parents = new Map<Node, Node>();
  const nodeOf = (key: string): Node => {
    let node = nodes.get(key);
    if (!node) {
      node = { findings: [], children: [] };
      nodes.set(key, node);
    }
    return node;
  };
  for (const { id, image, commandLine, time, trace } of members) {
    let node = nodeOf(trace.key ?? `finding|${id}`);
    node.findings.push(id);
    if (image !== undefined) node.image = image;
    if (commandLine !== undefined) node.commandLine ??= commandLine;
    if (time !== undefined) node.time ??= time;
    for (const forebear of trace.above) {
      const above = nodeOf(forebear.key);
      if (forebear.image !== undefined) above.image ??= forebear.image;
      if (forebear.time !== undefined) above.time ??= forebear.time;
      // A key that stands above itself would close a circle.
      if (!parents.has(node) && !isAbove(parents, node, above)) {
        parents.set(node, above);
        above.children.push(node);
      }
      node = above;
    }
  }
  let roots = [...nodes.values()].filter((node) => !parents.has(node));
  // Processes above the first fork and without a finding or a name of their own tell nothing.
  roots = roots.map((root) => {
    let top = root;
    while (top.image === undefined && top.findings.length === 0 && top.children.length === 1)
      top = top.children[0] as Node;
    return top;
  });
  return roots.map(plain);
}

function isAbove(parents: ReadonlyMap<Node, Node>, node: Node, candidate: Node): boolean {
  for (let at: Node | undefined = candidate; at; at = parents.get(at)) if (at === node) return true;
  return false;
}
