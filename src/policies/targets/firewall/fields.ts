import type { FilePattern, PeerPattern, Rule } from "../../model.ts";

/** The profile blocks what no rule allows outbound. */
export const OUTBOUND_BLOCKED = "DefaultOutboundAction:Block";

/** What the three notations say of a rule, as text. */
export interface Fields {
  readonly name: string;
  readonly title?: string | undefined;
  readonly action: string;
  readonly direction: string;
  readonly enabled?: string | undefined;
  readonly program?: string | undefined;
  readonly service?: string | undefined;
  readonly profile?: string | undefined;
  readonly protocol?: string | undefined;
  readonly addresses?: readonly string[] | undefined;
  readonly ports?: readonly string[] | undefined;
  /** A condition that no log can answer, by its name. */
  readonly other?: string | undefined;
}

const given = (text: string | undefined) => text !== undefined && !/^(?:any|all|\*|)$/i.test(text);

/** The rule that fields describe; undefined for one that is switched off; a text where a field is not understood. */
export function ruleOf(fields: Fields): Rule | undefined | string {
  const { action, direction, enabled, program, service, protocol } = fields;
  if (enabled !== undefined && /^(?:false|no|0)$/i.test(enabled)) return undefined;
  const isBlock = /^block$/i.test(action);
  if (!isBlock && !/^(?:allow|)$/i.test(action)) return `the action ${action}`;
  const isOut = /^out(?:bound)?$/i.test(direction);
  if (!isOut && !/^in(?:bound)?$|^$/i.test(direction)) return `the direction ${direction}`;
  const beyond = beyondOf(fields);
  const subject: FilePattern | undefined =
    given(program) || given(service) || beyond !== undefined
      ? {
          ...(given(program) && { path: program as string }),
          ...(given(service) && { service: service as string }),
          ...(beyond !== undefined && { beyond }),
        }
      : undefined;
  const addresses = fields.addresses?.filter(given);
  const ports = fields.ports?.filter(given);
  const peer: PeerPattern = {
    inbound: !isOut,
    ...(given(protocol) && { protocol: protocol as string }),
    ...(addresses?.length && { addresses }),
    ...(ports?.length && { ports }),
  };
  return {
    id: fields.name,
    action: isBlock ? "deny" : "allow",
    on: ["connect"],
    ...(subject && { subject: [subject] }),
    peer,
    ...(given(fields.title) && fields.title !== fields.name && { description: fields.title as string }),
  };
}

function beyondOf({ profile, other }: Fields): string | undefined {
  if (given(profile)) return "which network profile was active is not logged";
  return other === undefined ? undefined : `${other} is not logged`;
}
