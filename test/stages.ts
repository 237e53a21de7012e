/**
 * The arrow of stages: a stage imports from its own rank and from ranks before it. `biome.json` says the same to the
 * editor; test/architecture.test.ts holds both against the real imports.
 */
export const STAGES: readonly (readonly string[])[] = [
  ["model"],
  ["decode"],
  ["formats"],
  ["events"],
  ["cmdline", "catalog", "grammar"],
  ["invocations"],
  ["signals", "baseline"],
  ["score"],
  ["correlate"],
  ["outputs", "policies"],
  ["pipeline"],
  ["cli"],
];

/** Stages that `stage` must not import: all that stand to its right. */
export function forbidden(stage: string): string[] {
  const rank = STAGES.findIndex((names) => names.includes(stage));
  return STAGES.slice(rank + 1).flat();
}

/** The override of biome.json that walls a stage in; undefined for the last rank, which may import everything. */
export function wall(stage: string): object | undefined {
  const group = forbidden(stage).map((name) => `**/${name}/**`);
  if (group.length === 0) return undefined;
  const message = `${stage} imports only from stages to its left (see docs/architecture.md).`;
  return {
    includes: [`src/${stage}/**`, "!**/*.test.ts"],
    linter: {
      rules: {
        style: { noRestrictedImports: { level: "error", options: { patterns: [{ group, message }] } } },
      },
    },
  };
}
