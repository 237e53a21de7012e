import type { JSX } from "preact";
import type { Finding, Related, RelatedRole } from "../../src/model/finding.ts";
import { Text } from "./text.tsx";

interface Props {
  readonly finding: Finding;
  readonly all: readonly Finding[];
  readonly jump: (id: string) => void;
}

const ROLE: Record<RelatedRole, string> = {
  wrapper: "started it",
  step: "a step of the same act",
  child: "was started by it",
  same: "the same start in another log",
  evidence: "an event that confirms it",
};

function findingAt({ file, index }: Related, all: readonly Finding[]): Finding | undefined {
  return all.find(({ source }) => source.file === file && source.index === index);
}

function RelatedNode({ related, all, jump }: { related: Related } & Omit<Props, "finding">): JSX.Element {
  const other = findingAt(related, all);
  const record = related.recordId === undefined ? `#${related.index}` : `record ${related.recordId}`;
  return (
    <li class={related.role}>
      {other ? (
        <button type="button" onClick={() => jump(other.id)}>
          <Text value={other.title} />
        </button>
      ) : (
        <code>
          <Text value={`${related.file.split("/").at(-1)} ${record}`} />
        </code>
      )}
      <small> {ROLE[related.role]}</small>
    </li>
  );
}

/** What stands around the process: what started it, what it started, what else shows the same. */
export function Tree({ finding, all, jump }: Props): JSX.Element {
  const nodes = (...roles: RelatedRole[]) =>
    finding.related
      .filter(({ role }) => roles.includes(role))
      .map((related) => (
        <RelatedNode key={`${related.role}${related.file}${related.index}`} related={related} all={all} jump={jump} />
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
