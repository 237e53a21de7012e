import { z } from "zod";

const color = z.string().regex(/^#[0-9a-f]{6}$/i);
const divider = z.strictObject({ divider: z.boolean() });
const metadata = z.array(z.union([z.strictObject({ name: z.string(), value: z.string() }), divider]));
const links = z.array(z.union([z.strictObject({ label: z.string(), url: z.string().regex(/^\w+:\/\//) }), divider]));
const atLeast = (least: readonly number[]) => (version: string) => {
  const parts = version.split(".").map(Number);
  const differs = least.findIndex((part, at) => part !== parts[at]);
  return differs < 0 || (parts[differs] ?? 0) > least[differs]!;
};

/** A layer of ATT&CK Navigator, by MITRE's definition of the file format in version 4.5 (attack-navigator, layers/spec/v4.5); what it does not name is refused. */
export const navigatorLayer = z.strictObject({
  name: z.string(),
  versions: z.strictObject({
    attack: z.string().optional(),
    navigator: z.string().refine(atLeast([4, 9, 0])),
    layer: z.literal("4.5"),
  }),
  domain: z.enum(["enterprise-attack", "mobile-attack", "ics-attack"]),
  description: z.string().optional(),
  customDataURL: z.string().optional(),
  filters: z
    .strictObject({
      platforms: z.array(
        z.enum([
          "PRE",
          "Windows",
          "Linux",
          "macOS",
          "Network",
          "AWS",
          "GCP",
          "Azure",
          "Azure AD",
          "Office 365",
          "SaaS",
        ]),
      ),
    })
    .optional(),
  sorting: z.int().min(0).max(3).optional(),
  layout: z
    .strictObject({
      layout: z.enum(["side", "flat", "mini"]).optional(),
      showID: z.boolean().optional(),
      showName: z.boolean().optional(),
      showAggregateScores: z.boolean().optional(),
      countUnscored: z.boolean().optional(),
      aggregateFunction: z.enum(["average", "min", "max", "sum"]).optional(),
      expandedSubtechniques: z.enum(["none", "all", "annotated"]).optional(),
    })
    .optional(),
  hideDisabled: z.boolean().optional(),
  techniques: z.array(
    z
      .strictObject({
        techniqueID: z.string().regex(/^T\d{4}(?:\.\d{3})?$/),
        tactic: z.string().optional(),
        comment: z.string().optional(),
        enabled: z.boolean().optional(),
        score: z.number().optional(),
        color: color.optional(),
        metadata: metadata.optional(),
        links: links.optional(),
        showSubtechniques: z.boolean().optional(),
      })
      .refine(({ techniqueID, showSubtechniques }) => showSubtechniques === undefined || !techniqueID.includes(".")),
  ),
  gradient: z
    .strictObject({ colors: z.array(color).min(2), minValue: z.number(), maxValue: z.number() })
    .refine(({ minValue, maxValue }) => maxValue > minValue)
    .optional(),
  legendItems: z.array(z.strictObject({ label: z.string(), color })).optional(),
  showTacticRowBackground: z.boolean().optional(),
  tacticRowBackground: color.optional(),
  selectTechniquesAcrossTactics: z.boolean().optional(),
  selectSubtechniquesWithParent: z.boolean().optional(),
  selectVisibleTechniques: z.boolean().optional(),
  metadata: metadata.optional(),
  links: links.optional(),
});
