import type { ComponentChildren, JSX } from "preact";
import type { Finding } from "../../src/model/finding.ts";
import { type Payload, ROLES, type Role } from "../../src/model/payload.ts";
import { attackUrl, mitigationName, techniqueName } from "../../src/outputs/attack.ts";
import { payloadParts } from "../../src/outputs/words.ts";
import { Copy } from "./copy.tsx";
import { Cures } from "./cures.tsx";
import { EvidenceList } from "./evidence.tsx";
import { Text } from "./text.tsx";
import { around, Tree } from "./tree.tsx";

/** A finding with which rules of which products would have stopped it, a line each. */
type ShownFinding = Finding & { readonly stoppedBy?: readonly string[] };

interface Props {
  readonly finding: ShownFinding;
  readonly all: readonly Finding[];
  readonly jump: (id: string) => void;
}

const ROLE_TITLES: Record<Role, string> = {
  runs: "Runs",
  fetches: "Fetches",
  reads: "Reads",
  writes: "Writes",
};

function Part({ title, wide, children }: { title: string; wide?: boolean; children: ComponentChildren }): JSX.Element {
  return (
    <section class={wide ? "part wide" : "part"}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function PayloadRow({ role, payload }: { role: Role; payload: Payload }): JSX.Element {
  const { what, where, value, entry, args } = payloadParts(payload, role);
  return (
    <tr>
      <th scope="row">{ROLE_TITLES[role]}</th>
      <td>
        <span class={payload.remote ? "kind remote" : "kind"}>
          {what}
          {where !== "" && ` ${where}`}
        </span>
        <code>
          <Text value={value} />
          {entry !== undefined && (
            <>
              {", "}
              <b>
                <Text value={entry} />
              </b>
            </>
          )}
          {args !== "" && (
            <>
              {" "}
              <Text value={args} />
            </>
          )}
        </code>
      </td>
    </tr>
  );
}

function Facts({ finding }: { finding: Finding }): JSX.Element {
  const { binary, source, user, host, dataComponents, behaviour, id } = finding;
  const record = source.recordId === undefined ? "" : `, record ${source.recordId}`;
  const facts: [string, string | undefined][] = [
    ["Program", binary.path ?? binary.name],
    ["Original name", binary.renamed ? `${binary.originalName ?? binary.name} (renamed)` : binary.originalName],
    ["Impostor", binary.impostor],
    ["User", user],
    ["Host", host],
    ["Source", `${source.file} #${source.index}${record}`],
    ["Event", [source.eventId, source.channel].filter((part) => part !== undefined).join(" · ")],
    ["Seen in", dataComponents.join(", ")],
    ["Behaviour", behaviour],
    ["Finding", id],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Text value={value} />
            </dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function AttackLinks({ ids, name }: { ids: readonly string[]; name: (id: string) => string | undefined }): JSX.Element {
  return (
    <ul class="links">
      {ids.map((id) => (
        <li key={id}>
          {/^[TM]\d{4}(\.\d{3})?$/.test(id) ? (
            <a href={attackUrl(id)} rel="noreferrer noopener">
              {id}
            </a>
          ) : (
            <Text value={id} />
          )}{" "}
          {name(id)}
        </li>
      ))}
    </ul>
  );
}

/** Everything that a finding says, laid out to be checked. */
export function Detail({ finding, all, jump }: Props): JSX.Element {
  const { commandLine, canonical, techniques, mitigations } = finding;
  const payloads = ROLES.flatMap((role) => finding[role].map((payload) => [role, payload] as const));
  return (
    <div class="detail">
      {commandLine !== undefined && (
        <Part title="Command line, as logged" wide>
          <pre>
            <Text value={commandLine} />
          </pre>
          <Copy text={commandLine} />
        </Part>
      )}
      {canonical !== undefined && canonical !== commandLine && (
        <Part title="Normal form" wide>
          <pre class="canonical">
            <Text value={canonical} />
          </pre>
        </Part>
      )}
      {payloads.length > 0 && (
        <Part title="On its behalf" wide>
          <table class="payloads">
            <tbody>
              {payloads.map(([role, payload], index) => (
                <PayloadRow key={`${role}${index}`} role={role} payload={payload} />
              ))}
            </tbody>
          </table>
        </Part>
      )}
      <Part title="Evidence">
        <EvidenceList evidence={finding.evidence} source={finding.source} />
      </Part>
      {around(finding).length > 0 && (
        <Part title="Around it">
          <Tree finding={finding} all={all} jump={jump} />
        </Part>
      )}
      <Part title="Where it stands">
        <Facts finding={finding} />
      </Part>
      {finding.stoppedBy !== undefined && finding.stoppedBy.length > 0 && (
        <Part title="What would have stopped it" wide>
          <Cures cures={finding.stoppedBy} />
        </Part>
      )}
      <Part title="Techniques">
        <AttackLinks ids={techniques} name={techniqueName} />
      </Part>
      {mitigations.length > 0 && (
        <Part title="Mitigations">
          <AttackLinks ids={mitigations} name={mitigationName} />
        </Part>
      )}
    </div>
  );
}
