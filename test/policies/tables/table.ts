import type { Act, Answer } from "../../../src/policies/decide/act.ts";

/** `none`: the policy does not rule on the act at all. */
type Expected = Answer | "none";

/** What a product’s documentation says becomes of acts under small policies. */
export interface Table {
  readonly target: string;
  /** Where each statement stands, by a short name. */
  readonly sources: Readonly<Record<string, string>>;
  /** Texts of policies by name, with the name of a file that holds such a text. */
  readonly policies: Readonly<Record<string, { readonly file: string; readonly text: string }>>;
  /** Statement, source, policy, act, decision. */
  readonly cases: readonly (readonly [string, string, string, Act, Expected])[];
}

/** A table with cases that were drawn from the same pages later. */
export type More = Pick<Table, "policies" | "cases">;
export const withMore = (table: Table, { policies, cases }: More): Table => ({
  ...table,
  policies: {
    ...table.policies,
    ...Object.fromEntries(Object.entries(policies).map(([name, policy]) => [`drawn ${name}`, policy])),
  },
  cases: [
    ...table.cases,
    ...cases.map(([title, source, name, ...rest]) => [title, source, `drawn ${name}`, ...rest] as const),
  ],
});

/** A policy of lines, as a file of that name. */
export const lines =
  (file: string, head = "") =>
  (...text: readonly string[]) => ({ file, text: `${head}${text.join("\n")}\n` });

type Rest = Partial<Act>;
const USER = { user: "CORP\\ann", elevated: false } as const;

export const exec = (path: string, more: Rest & { readonly original?: string; readonly parent?: string } = {}): Act => {
  const { original, parent, ...rest } = more;
  return {
    on: "execute",
    subject: { path: parent ?? "C:\\Windows\\explorer.exe" },
    object: { path, originalName: original },
    ...USER,
    ...rest,
  };
};

export const load = (program: string, path: string, more: Rest & { readonly original?: string } = {}): Act => {
  const { original, ...rest } = more;
  return { on: "load", subject: { path: program }, object: { path, originalName: original }, ...USER, ...rest };
};

export const script = (host: string, path: string, more: Rest = {}): Act => ({
  on: "script",
  subject: { path: host },
  object: { path, originalName: "" },
  ...USER,
  ...more,
});

export const install = (path: string, more: Rest = {}): Act => ({
  on: "install",
  subject: { path: "C:\\Windows\\System32\\msiexec.exe" },
  object: { path, originalName: "" },
  ...USER,
  ...more,
});

export const connect = (program: string | undefined, address: string | undefined, peer: Act["peer"] = {}): Act => ({
  on: "connect",
  subject: { path: program },
  object: {},
  ...USER,
  peer: { address, port: 443, protocol: "tcp", inbound: false, ...peer },
});

export const open = (path: string): Act => ({
  on: "open",
  subject: { path: "C:\\Windows\\explorer.exe" },
  object: { path },
  ...USER,
});

export const write = (program: string, path: string): Act => ({
  on: "write",
  subject: { path: program },
  object: { path },
  ...USER,
});
