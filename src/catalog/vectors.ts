import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { catalogFiles } from "./compile.ts";

/** The shape of NAME.vectors.yaml, as catalog/_template.vectors.yaml explains it. */
const around = {
  line: z.string().optional(),
  args: z.array(z.string()).optional(),
  image: z.string().optional(),
  originalFileName: z.string().optional(),
  platform: z.enum(["windows", "linux"]).optional(),
  as: z.enum(["typed", "logged"]).optional(),
  env: z.record(z.string(), z.string()).optional(),
  cwd: z.string().optional(),
  parent: z.string().optional(),
  domain: z.string().optional(),
};
const payloads = z.array(z.string()).optional();
const resolves = z.strictObject({
  ...around,
  behaviour: z.string(),
  runs: payloads,
  fetches: payloads,
  reads: payloads,
  writes: payloads,
  why: z.string().optional(),
});
const silent = z.strictObject({ ...around, why: z.string().min(8) });
const file = z.strictObject({ resolve: z.array(resolves).default([]), silent: z.array(silent).default([]) });

export type ResolveVector = z.infer<typeof resolves>;
export type SilentVector = z.infer<typeof silent>;

export interface VectorFile {
  readonly file: string;
  readonly platform: "windows" | "linux";
  /** Id of the entry that the vectors belong to. */
  readonly entry: string;
  readonly resolve: readonly ResolveVector[];
  readonly silent: readonly SilentVector[];
}

/** All vector files of a catalogue folder. @throws where one has the wrong shape */
export function readVectors(root: string): readonly VectorFile[] {
  return (["windows", "linux"] as const).flatMap((platform) =>
    catalogFiles(`${root}/${platform}`, ".vectors.yaml").map((path): VectorFile => {
      const owner = parse(readFileSync(path.replace(/\.vectors\.yaml$/, ".yaml"), "utf8"), { maxAliasCount: 10 });
      const binary = String(owner.binary ?? "")
        .toLowerCase()
        .replace(/\.exe$/, "");
      const result = file.safeParse(parse(readFileSync(path, "utf8"), { maxAliasCount: 10 }) ?? {});
      if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
      return { file: path, platform, entry: owner.extends ?? `${platform}/${binary}`, ...result.data };
    }),
  );
}
