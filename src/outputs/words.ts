import type { Finding } from "../model/finding.ts";
import { type Payload, type PayloadWhat, type PayloadWhere, ROLES, type Role } from "../model/payload.ts";

/** How the kinds of payload are called in sentences. */
const WHAT: Record<PayloadWhat, string> = {
  library: "library",
  executable: "executable",
  script: "script",
  scriptlet: "scriptlet",
  package: "package",
  installerInfo: "setup information",
  project: "project",
  document: "document",
  assembly: ".NET assembly",
  comObject: "COM object",
  inlineCode: "inline code",
  command: "command",
  config: "configuration",
  process: "process",
};

const WHERE: Record<PayloadWhere, string> = {
  local: "",
  share: "from a share",
  web: "from the web",
  inline: "",
  registry: "named in the registry",
  environment: "from the environment",
  workingDirectory: "in the working directory",
  clsid: "by class id",
};

/** A payload taken apart for display. */
export function payloadParts(payload: Payload): {
  readonly what: string;
  readonly where: string;
  readonly value: string;
  readonly entry: string | undefined;
  readonly args: string;
} {
  return {
    what: WHAT[payload.what],
    where: WHERE[payload.where],
    value: payload.value,
    entry: payload.entry,
    // The value of a command has its arguments.
    args: payload.what === "command" ? "" : (payload.args?.join(" ") ?? ""),
  };
}

/** A payload in a few words: `library C:\x.dll, Run, from a share`. */
export function describePayload(payload: Payload): string {
  const { what, where, value, entry, args } = payloadParts(payload);
  return [`${what} ${value} ${args}`.trimEnd(), entry, where]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
}

/** The roles that name payloads, each with its payloads in words. */
export function roleLines(finding: Pick<Finding, Role>): [Role, string][] {
  return ROLES.filter((role) => finding[role].length > 0).map((role) => [
    role,
    finding[role].map(describePayload).join("; "),
  ]);
}
