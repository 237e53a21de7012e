import { z } from "zod";
import { LEVELS } from "../model/level.ts";
import { PAYLOAD_KINDS, PAYLOAD_PLACES, ROLES } from "../model/payload.ts";
import { FOLDER_NAMES } from "./folders.ts";
import { SYSTEMS, USUAL } from "./types.ts";

/** The YAML shape of catalog entries, as catalog/_template.yaml explains it. Used by the compiler only, never at run time. */

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);
const words = oneOrMany(z.string());

const test = z.union([
  z.string(),
  z.array(z.string()),
  z.strictObject({
    present: z.boolean().optional(),
    is: words.optional(),
    in: z.enum(FOLDER_NAMES).optional(),
    not: words.optional(),
    ext: words.optional(),
    remote: z.boolean().optional(),
    kind: words.optional(),
    host: words.optional(),
    has: words.optional(),
    code: z
      .string()
      .regex(/^[a-z][a-z0-9]*( (runs|starts|brings|obeys|unnamed|hides|fetches|reads|writes))+$/)
      .optional(),
  }),
]);
const condition = z.record(z.string(), test);
const conditions = oneOrMany(condition);

const binding = z.strictObject({
  what: z.enum(["auto", ...PAYLOAD_KINDS]).default("auto"),
  where: z.enum(PAYLOAD_PLACES).optional(),
  from: words.optional(),
  value: z.string().optional(),
  as: z
    .string()
    .regex(/^(file|program|command|cmd|sh|argv|line|powershell|url|text|code:[a-z][a-z0-9]*)$/)
    .optional(),
  args: z.string().optional(),
  into: words.optional(),
  puts: z.string().optional(),
  entry: z.string().optional(),
  entryFrom: z.string().optional(),
  prefix: z.string().optional(),
  server: z.string().optional(),
  folder: z.string().optional(),
  on: z.enum(SYSTEMS).optional(),
  ext: z.string().optional(),
  after: words.optional(),
  before: words.optional(),
  split: z.string().optional(),
  skip: z.number().int().positive().optional(),
  entryAfter: z.string().optional(),
  following: z.string().optional(),
  pick: z.number().int().optional(),
  join: z.boolean().optional(),
  contents: z
    .string()
    .regex(/^(cmd|sh|powershell|code:[a-z][a-z0-9]*)$/)
    .optional(),
  within: words.optional(),
  when: conditions.optional(),
});
const bindings = oneOrMany(binding);

const behaviour = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "write small letters, digits and dashes"),
  title: z.string().min(8),
  category: z.enum([
    "execute",
    "bypass",
    "download",
    "upload",
    "copy",
    "compile",
    "decode",
    "encode",
    "credentials",
    "ads",
    "uac",
    "reconnaissance",
    "tamper",
    "conceal",
    "persist",
    "inject",
  ]),
  when: conditions,
  ...Object.fromEntries(ROLES.map((role) => [role, bindings.optional()])),
  techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/, "write a technique such as T1218 or T1218.011")).min(1),
  usual: z.enum(USUAL),
  floor: z.union([z.enum(LEVELS), z.strictObject({ level: z.enum(LEVELS), when: conditions })]).optional(),
  confirmedBy: z.array(z.string()).default([]),
  wrapper: z.boolean().default(false),
  opensShells: z.literal(true).optional(),
  rights: z.literal("administrator").optional(),
});

const normal = z.strictObject({
  behaviours: words.optional(),
  when: conditions.optional(),
  runs: words.optional(),
  parent: words.optional(),
  why: z.string().min(8),
});

const subGrammar = z.strictObject({
  options: z.record(z.string(), z.string()).default({}),
  operands: z.array(z.string()).default([]),
  pairs: z.record(z.string(), z.string()).default({}),
  commands: z.record(z.string(), z.any()).default({}),
  ordered: z.boolean().default(false),
});

const grammar = subGrammar.extend({
  style: z.enum(["windows", "gnu", "single", "none"]),
  reader: z.string().optional(),
  caseSensitive: z.boolean().optional(),
  abbreviate: z.boolean().optional(),
  bundleFirst: z.boolean().default(false),
  commandsAnywhere: z.boolean().default(false),
  keepsInput: z.boolean().default(false),
  exports: words.default([]),
});

const shared = {
  behaviours: z.array(behaviour).default([]),
  normal: z.array(normal).default([]),
  mitigations: z.array(z.string().regex(/^M\d{4}$/, "write a mitigation such as M1038")).default([]),
  references: z.array(z.url()).min(1),
};

export const entrySchema = z.strictObject({
  binary: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  originalFileName: words.default([]),
  category: z.enum(["binary", "library", "script", "other", "shell"]).default("binary"),
  like: z.string().optional(),
  runtime: z.string().optional(),
  ownShell: z.literal(true).optional(),
  multicall: z.boolean().default(false),
  homes: z.array(z.string()).default([]),
  packages: z.array(z.string()).default([]),
  signer: z.string().optional(),
  purpose: z.string().min(12),
  needed: z.enum(["system", "feature", "rarely", "absent"]),
  grammar,
  knownBy: oneOrMany(z.strictObject({ words, when: conditions })).default([]),
  awaits: z.strictObject({ when: conditions.optional(), kept: z.string().optional() }).optional(),
  prints: z
    .strictObject({
      when: conditions.optional(),
      of: z.string().regex(/^[a-z]+(?: [a-z]+)*$/, "write a few words in small letters, as in “clipboard”"),
    })
    .optional(),
  ...shared,
});

/** A part of another entry in a file of its own: rundll32's libraries, for instance. */
export const extensionSchema = z.strictObject({
  extends: z.string(),
  library: z.string().optional(),
  purpose: z.string().min(12),
  ...shared,
});

export { subGrammar as subGrammarSchema };
export type EntrySource = z.infer<typeof entrySchema>;
export type ExtensionSource = z.infer<typeof extensionSchema>;
export type BehaviourSource = EntrySource["behaviours"][number] & Partial<Record<(typeof ROLES)[number], unknown>>;
export type BindingSource = z.infer<typeof binding>;
export type TestSource = z.infer<typeof test>;
export type ConditionsSource = z.infer<typeof conditions>;
export type SubGrammarSource = z.infer<typeof subGrammar>;
