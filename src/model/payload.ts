/** What runs, or is used, on behalf of a trusted binary. */
export const PAYLOAD_KINDS = [
  "library",
  "executable",
  "script",
  "scriptlet",
  "package",
  "installerInfo",
  "project",
  "document",
  "assembly",
  "comObject",
  "inlineCode",
  "command",
  "config",
  "process",
] as const;

export type PayloadWhat = (typeof PAYLOAD_KINDS)[number];

export const PAYLOAD_PLACES = [
  "local",
  "share",
  "web",
  "inline",
  "registry",
  "environment",
  "workingDirectory",
  "clsid",
] as const;

export type PayloadWhere = (typeof PAYLOAD_PLACES)[number];

export interface Payload {
  readonly what: PayloadWhat;
  readonly where: PayloadWhere;
  /** As written, quotes removed; a command with its arguments. For a place outside the arguments: the name of that place. */
  readonly value: string;
  /** Canonical form: the identity of the payload; present where it differs from `value`. */
  readonly resolved?: string;
  /** Export, ordinal, section, class, or stream that is entered. */
  readonly entry?: string;
  /** True where it comes from another machine. */
  readonly remote: boolean;
  /** Arguments of a command. */
  readonly args?: readonly string[];
}

/** The identity of a payload, by which it is compared, counted and joined: its canonical form, or what is written where that is one. */
export const resolvedOf = ({ resolved, value }: Pick<Payload, "resolved" | "value">): string => resolved ?? value;

/** The four roles in which a command line names payloads. */
export const ROLES = ["runs", "fetches", "reads", "writes"] as const;

export type Role = (typeof ROLES)[number];

export type Payloads = Readonly<Record<Role, readonly Payload[]>>;
