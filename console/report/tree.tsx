import type { JSX } from "preact";
import type { Finding, Related, RelatedRole } from "../../src/model/finding.ts";
import { place } from "./evidence.tsx";
import { Text } from "./text.tsx";

interface Props {
  readonly finding: Finding;
  readonly all: readonly Finding[];
  readonly jump: (id: string) => void;
}

const ROLE: Record<RelatedRole, string> = {
  wrapper: "the process that started it",
  step: "another step of the same act",
  child: "a process that it started",
  same: "the same start in another log",
  evidence: "an event that bears it out",
};

function findingAt({ file, index }: Related, all: readonly Finding[]): Finding | undefined {
  return all.find(({ source }) => source.file === file && source.index === index);
}

/** A record by the title of its own finding; of one that has none it is known what it is and where it stands. */
function RelatedNode({ related, finding, all, jump }: { related: Related } & Props): JSX.Element {
  const other = findingAt(related, all);
  const role = ROLE[related.role];
  return (
    <li>
      {other ? (
        <button type="button" onClick={() => jump(other.id)}>
          <Text value={other.title} />
        </button>
      ) : (
        role
      )}{" "}
      <small>
        <Text value={other ? role : (place(related, finding.source) ?? "")} />
      </small>
    </li>
  );
}

/** What is told of the records around a finding: a record that evidence rests on already stands beside it there. */
export function around({ related, evidence }: Finding): readonly Related[] {
  const cited = (one: Related) =>
    evidence.some(({ events }) => events.some(({ file, index }) => file === one.file && index === one.index));
  return related.filter((one) => one.role !== "evidence" || !cited(one));
}

/** What stands around the process: what started it, what it started, what else shows the same. */
export function Tree({ finding, all, jump }: Props): JSX.Element {
  const nodes = (...roles: RelatedRole[]) =>
    around(finding)
      .filter(({ role }) => roles.includes(role))
      .map((related) => (
        <RelatedNode
          key={`${related.role}${related.file}${related.index}`}
          related={related}
          finding={finding}
          all={all}
          jump={jump}
        />
      ));
  const before = nodes("wrapper");
  const after = nodes("step", "child");
  const beside = nodes("same", "evidence");
  const self = (
    <li class="self">
      <b>
        <Text value={finding.binary.name} />
      </b>
      <small> this finding</small>
      {after.length > 0 && <ul>{after}</ul>}
    </li>
  );
  return (
    <div class="tree">
      <ul>
        {before.length > 0 ? (
          <>
            {before}
            <li class="nested">
              <ul>{self}</ul>
            </li>
          </>
        ) : (
          self
        )}
      </ul>
      {beside.length > 0 && <ul class="beside">{beside}</ul>}
    </div>
  );
}
