import { z } from "zod";
import { EVENT_KINDS } from "../../model/event.ts";

/** The YAML shape of catalog/chains/*.yaml, as its _template.yaml explains it. Used by the compiler only, never at run time. */

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([item, z.array(item)]);

/** A value, or `$name` of a setting that holds it. */
const reference = z.string().regex(/^\$[A-Za-z]\w*$/);
const words = oneOrMany(z.string());
const truth = z.union([z.boolean(), reference]);
const span = z.union([z.string().regex(/^\d+ ?(ms|s|min|m|h|d)$/), reference]);

const test = z.strictObject({
  image: words.optional(),
  notImage: words.optional(),
  binary: words.optional(),
  behaviour: words.optional(),
  parent: words.optional(),
  notParent: words.optional(),
  path: words.optional(),
  notPath: words.optional(),
  extension: words.optional(),
  place: words.optional(),
  trusted: truth.optional(),
  remote: truth.optional(),
  signed: truth.optional(),
  value: words.optional(),
  notValue: words.optional(),
  target: words.optional(),
  notTarget: words.optional(),
  api: words.optional(),
  access: z.union([z.number().int().positive(), reference]).optional(),
  notAccess: words.optional(),
  trust: words.optional(),
  company: words.optional(),
  notCompany: words.optional(),
  beside: truth.optional(),
  user: words.optional(),
  score: z.union([z.number().min(0).max(100), reference]).optional(),
  notHash: words.optional(),
  external: truth.optional(),
  listed: truth.optional(),
  firstSeen: truth.optional(),
  fromWeb: truth.optional(),
  workingIn: words.optional(),
  icon: words.optional(),
  notIcon: words.optional(),
  bare: truth.optional(),
  documented: truth.optional(),
});

const step = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z]*$/),
  component: oneOrMany(z.enum(EVENT_KINDS)),
  anchor: z.boolean().default(false),
  required: z.boolean().default(false),
  process: z.string().optional(),
  child: z.string().optional(),
  sibling: z.string().optional(),
  target: z.string().optional(),
  file: z.string().optional(),
  folder: z.string().optional(),
  registry: z.string().optional(),
  host: z.string().optional(),
  within: span.optional(),
  where: oneOrMany(test).default([]),
  says: z.string().min(4),
});

const setting = z.strictObject({
  is: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
  means: z.string().min(8),
  attack: z.string().optional(),
});

const analytic = z.strictObject({
  id: z.string().regex(/^(AN\d{4}|[a-z][a-z0-9-]*)$/),
  title: z.string().min(8),
  platform: z.enum(["windows", "linux", "macos"]).default("windows"),
  techniques: z.array(z.string().regex(/^T\d{4}(\.\d{3})?$/)).min(1),
  strength: z.enum(["weak", "medium", "strong"]).default("weak"),
  alone: z.enum(["uncommon", "rare", "hostile"]).optional(),
  evenDocumented: z.literal(true).optional(),
  settings: z.record(z.string().regex(/^[A-Za-z]\w*$/), setting).default({}),
  finding: z.string().optional(),
  payload: z.string().optional(),
  steps: z.array(step).min(1),
});

export const chainSchema = z.strictObject({
  chain: z.string().regex(/^(DET\d{4}|[a-z][a-z0-9-]*)$/),
  name: z.string().min(8),
  analytics: z.array(analytic).min(1),
  references: z.array(z.string().url()).min(1),
});

/** Settings of shipped chains that a site gives other values: `settings: { DET0433/AN1207: { TimeWindow: 5m } }`. */
export const settingsSchema = z.strictObject({
  settings: z.record(z.string(), z.record(z.string(), setting.shape.is)),
});

export type ChainSource = z.infer<typeof chainSchema>;
export type AnalyticSource = ChainSource["analytics"][number];
export type StepSource = AnalyticSource["steps"][number];
