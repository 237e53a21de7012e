import type { FilePattern, PeerPattern, Rule } from "../../model.ts";

/** The profile blocks what no rule allows outbound. */
export const OUTBOUND_BLOCKED = "DefaultOutboundAction:Block";

/** Keywords of addresses that came with Windows 8, as PowerShell has them and as group policy’s strings do, behind `RA42` and `RA62`. */
export const KEYWORDS: readonly (readonly [powershell: string, policy: string])[] = [
  ["Internet", "IntErnet"],
  ["Intranet", "IntrAnet"],
  ["IntranetRemoteAccess", "RmtIntrAnet"],
  ["PlayToDevice", "Ply2Renders"],
];

/** The internet for netsh, which has no word for it: what is neither private nor to many (see `PRIVATE` in decide/peer.ts). */
export const INTERNET_RANGES: readonly string[] = [
  "1.0.0.0-9.255.255.255",
  "11.0.0.0-126.255.255.255",
  "128.0.0.0-169.253.255.255",
  "169.255.0.0-172.15.255.255",
  "172.32.0.0-192.167.255.255",
  "192.169.0.0-223.255.255.255",
  "2000::/3",
  "64:ff9b::/96",
];

/** It blocks so in some profiles, is off, or is off in some. */
export const OUTBOUND_PARTLY = "DefaultOutboundAction:Block in some profiles";
export const OFF = "EnableFirewall:False";
export const PARTLY_OFF = "EnableFirewall:False in some profiles";
export const WHICH_PROFILE = "which network profile was active is not logged";

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

/** Every profile by its name. */
const ALL_PROFILES = /^(?=.*domain)(?=.*private)(?=.*public)/i;
/** What stands above a block has its authentication to show, which no log does. */
const AUTHENTICATED = "whether the traffic is authenticated is not logged";

const given = (text: string | undefined) => text !== undefined && !/^(?:any|all|\*|)$/i.test(text);

/** The rule that fields describe; undefined for one that is switched off; a text where a field is not understood. */
export function ruleOf(fields: Fields): Rule | undefined | string {
  const { action, direction, enabled, program, service, protocol } = fields;
  if (enabled !== undefined && /^(?:false|no|0)$/i.test(enabled)) return undefined;
  const isBlock = /^block$/i.test(action);
  if (!isBlock && !/^(?:allow|bypass|)$/i.test(action)) return `the action ${action}`;
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
  const addresses = addressesOf(fields.addresses?.filter(given) ?? []);
  const ports = fields.ports?.filter(given);
  const peer: PeerPattern = {
    inbound: !isOut,
    ...(given(protocol) && { protocol: protocol as string }),
    ...(addresses.length > 0 && { addresses }),
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

/** The addresses with one name for each keyword: group policy says them twice, for both versions of IP, and netsh by ranges. */
function addressesOf(written: readonly string[]): readonly string[] {
  const isInternet = INTERNET_RANGES.every((range) => written.includes(range));
  const rest = isInternet ? ["Internet", ...written.filter((one) => !INTERNET_RANGES.includes(one))] : written;
  const named = rest.map((one) => KEYWORDS.find(([, policy]) => policy === one)?.[0] ?? one);
  return [...new Set(named)];
}

/** Programs that are held against each block one by one. */
const MAX_BYPASSING = 64;

/** Rules with blocks that may be passed over by those rules of the other kind that ask for authentication only. */
export function passedOver(rules: readonly Rule[], bypassing: readonly Rule[]): readonly Rule[] {
  const over = (isInbound: boolean) => {
    const found = new Map<string, FilePattern>();
    for (const { peer, subject = [] } of bypassing)
      if (peer?.inbound === isInbound) for (const one of subject) found.set(JSON.stringify(one), one);
    return found.size > MAX_BYPASSING ? [{ beyond: AUTHENTICATED }] : [...found.values()];
  };
  const [out, inbound] = [over(false), over(true)];
  return rules.map((rule) => {
    const none = rule.peer?.inbound ? inbound : out;
    if (none.length === 0 || rule.action !== "deny") return rule;
    return { ...rule, subject: (rule.subject ?? [{}]).map((one) => ({ ...one, none })) };
  });
}

function beyondOf({ action, profile, other }: Fields): string | undefined {
  if (/^bypass$/i.test(action)) return AUTHENTICATED;
  if (given(profile) && !ALL_PROFILES.test(profile ?? "")) return WHICH_PROFILE;
  return other === undefined ? undefined : `${other} is not logged`;
}
