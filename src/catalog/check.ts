import { isAmbientName } from "./ambient.ts";
import { type Problem, problemAt, type Source } from "./problem.ts";
import type { Behaviour, CatalogEntry, Condition, Grammar } from "./types.ts";

/** Elements that a grammar can produce, its subcommands' too. */
function elements(grammar: Grammar, into = new Set<string>()): Set<string> {
  for (const option of Object.values(grammar.options)) {
    into.add(option.name);
    if (option.last) into.add("arguments");
  }
  for (const operand of grammar.operands) into.add(operand.name);
  for (const name of Object.values(grammar.pairs)) into.add(name);
  for (const command of Object.values(grammar.commands)) {
    into.add("command");
    elements(command.grammar, into);
  }
  return into;
}

function used(behaviour: Behaviour): string[] {
  const tested = (conditions: readonly Condition[]) => conditions.flatMap((c) => c.map((t) => t.element));
  return [
    ...tested(behaviour.when),
    ...tested(behaviour.floor?.when ?? []),
    ...behaviour.bindings.flatMap((b) => [
      ...b.from,
      ...(b.args ? [b.args] : []),
      ...(b.into ?? []),
      ...(b.puts ? [b.puts] : []),
      ...(b.entryFrom ? [b.entryFrom] : []),
      ...(b.folder ? [b.folder] : []),
      ...tested(b.when ?? []),
    ]),
  ];
}

const bound = (behaviour: Behaviour) => behaviour.bindings.flatMap((binding) => binding.from);

/** Whether `earlier` holds whenever `later` does and leaves it nothing to bind (see src/invocations/behaviours.ts: values are claimed). */
function hides(earlier: Behaviour, later: Behaviour): boolean {
  const claimed = new Set(used(earlier));
  if (bound(later).length === 0 || !bound(later).every((element) => claimed.has(element))) return false;
  const part = (a: Condition, b: Condition) =>
    a.length > 0 && a.every((test) => b.some((other) => JSON.stringify(other) === JSON.stringify(test)));
  return later.when.every((b) => earlier.when.some((a) => part(a, b)));
}

function checkEntry(entry: CatalogEntry, source: Source): Problem[] {
  const problems: Problem[] = [];
  const known = elements(entry.grammar);
  const missing = (asked: Iterable<string>, at: readonly (string | number)[], so = "") => {
    // Custom readers name their own elements; their tests hold them to it.
    if (entry.grammar.reader !== undefined) return;
    for (const element of new Set(asked))
      if (!known.has(element) && !isAmbientName(element))
        problems.push(
          problemAt(
            source,
            at,
            `the grammar has no element “${element}”${so}; correct the name, or add it to the grammar`,
          ),
        );
  };
  const ids = new Set<string>();
  entry.behaviours.forEach((behaviour, index) => {
    const at = ["behaviours", index, "id"];
    if (ids.has(behaviour.id))
      problems.push(
        problemAt(source, at, `the behaviour ${behaviour.id} stands here twice; give one of them an id of its own`),
      );
    ids.add(behaviour.id);
    missing(used(behaviour), at, `, so ${behaviour.id} can never match`);
    const hiding = entry.behaviours.slice(0, index).find((earlier) => hides(earlier, behaviour));
    if (hiding)
      problems.push(
        problemAt(
          source,
          at,
          `unreachable: ${hiding.id} already matches whenever this one does; put the more special one first`,
        ),
      );
  });
  const marks = (entry.knownBy ?? []).flatMap(({ when }) => when.flat());
  missing(
    marks.map(({ element }) => element),
    ["knownBy"],
  );
  missing(
    (entry.awaits?.when ?? []).flatMap((tests) => tests.map(({ element }) => element)),
    ["awaits"],
  );
  missing(
    (entry.prints?.when ?? []).flatMap((tests) => tests.map(({ element }) => element)),
    ["prints"],
  );
  missing(
    entry.normal.flatMap(({ when }) => (when ?? []).flatMap((tests) => tests.map(({ element }) => element))),
    ["normal"],
  );
  const named = new Set(entry.normal.flatMap(({ behaviours }) => behaviours));
  for (const id of named)
    if (!ids.has(`${entry.id}/${id}`))
      problems.push(
        problemAt(
          source,
          ["normal"],
          `a normal use names the behaviour “${id}”, which does not exist; name one of this file`,
        ),
      );
  return problems;
}

export function checkEntries(entries: Iterable<{ entry: CatalogEntry; source: Source }>): Problem[] {
  return [...entries].flatMap(({ entry, source }) => checkEntry(entry, source));
}
