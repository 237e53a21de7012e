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

/** A payload in a few words: `library C:\x.dll, Run, from a share`. */
export function describePayload(payload: Payload): string {
  const args = payload.args?.length ? ` ${payload.args.join(" ")}` : "";
  const value = payload.what === "command" ? (payload.resolved ?? payload.value) + args : payload.value + args;
  const parts = [`${WHAT[payload.what]} ${value}`];
  if (payload.entry !== undefined) parts.push(payload.entry);
  if (WHERE[payload.where] !== "") parts.push(WHERE[payload.where]);
  return parts.join(", ");
}

/** The roles that name payloads, each with its payloads in words. */
export function roleLines(finding: Pick<Finding, Role>): [Role, string][] {
  return ROLES.filter((role) => finding[role].length > 0).map((role) => [
    role,
    finding[role].map(describePayload).join("; "),
  ]);
}
