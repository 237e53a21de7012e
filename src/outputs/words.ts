import type { Finding } from "../model/finding.ts";
import { type Payload, type PayloadWhere, ROLES, type Role } from "../model/payload.ts";
import { nounOf } from "../signals/text.ts";

const WHERE: Record<PayloadWhere, string> = {
  local: "",
  share: "from a share",
  web: "from the web",
  inline: "",
  registry: "named in the registry",
  environment: "from the environment",
  workingDirectory: "in the working directory",
  clsid: "",
};

/** What is written goes where other payloads come from; some names say by themselves where they lie. */
function whereOf(where: PayloadWhere, what: string, role: Role): string {
  if (what === "registry entry" || what === "connection") return "";
  return role === "writes" ? WHERE[where].replace("from", "to") : WHERE[where];
}

/** A payload taken apart for display. */
export function payloadParts(
  payload: Payload,
  role: Role,
): {
  readonly what: string;
  readonly where: string;
  readonly value: string;
  readonly entry: string | undefined;
  readonly args: string;
} {
  const what = nounOf(payload);
  return {
    what,
    where: whereOf(payload.where, what, role),
    value: payload.value,
    entry: payload.entry,
    // The value of a command has its arguments.
    args: payload.what === "command" ? "" : (payload.args?.join(" ") ?? ""),
  };
}

/** A payload in a few words: `library C:\x.dll, Run, from a share`. */
function describePayload(payload: Payload, role: Role): string {
  const { what, where, value, entry, args } = payloadParts(payload, role);
  return [`${what} ${value} ${args}`.trimEnd(), entry, where]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

/** The payloads of one role in words. */
export const described = (payloads: readonly Payload[], role: Role): string =>
  payloads.map((payload) => describePayload(payload, role)).join("; ");

/** The roles that name payloads, each with its payloads in words. */
export function roleLines(finding: Pick<Finding, Role>): [Role, string][] {
  return ROLES.filter((role) => finding[role].length > 0).map((role) => [role, described(finding[role], role)]);
}
