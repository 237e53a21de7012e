import { z } from "zod";
import { catalogFiles } from "./compile.ts";
import { parse } from "./parse.ts";
import { type Problem, Source } from "./problem.ts";

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

const MODEL = "catalog/_template.vectors.yaml";

/** Id of the entry that stands beside a file of vectors. */
function ownerOf(path: string, platform: VectorFile["platform"]): string {
  const owner = Source.listed(path.replace(/\.vectors\.yaml$/, ".yaml")).document;
  const binary = String(owner.get("binary") ?? "")
    .toLowerCase()
    .replace(/\.exe$/, "");
  return String(owner.get("extends") ?? `${platform}/${binary}`);
}

/** The vector files of a catalogue folder; wrong ones become problems with line, column and caret. */
export function compileVectors(root: string): { files: readonly VectorFile[]; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const files = (["windows", "linux"] as const).flatMap((platform) =>
    catalogFiles(`${root}/${platform}`, ".vectors.yaml").flatMap((path): readonly VectorFile[] => {
      const source = Source.listed(path);
      problems.push(...source.problems);
      const vectors = source.problems.length === 0 ? parse(file, source, problems, MODEL) : undefined;
      return vectors ? [{ file: path, platform, entry: ownerOf(path, platform), ...vectors }] : [];
    }),
  );
  return { files, problems };
}

/** All vector files of a sound catalogue folder. @throws where one is wrong */
export function readVectors(root: string): readonly VectorFile[] {
  const { files, problems } = compileVectors(root);
  for (const { file, line, column, message } of problems) throw new Error(`${file}:${line}:${column}: ${message}`);
  return files;
}
