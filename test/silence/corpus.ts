import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { CatalogEntry } from "../../src/catalog/types.ts";
import type { Request, Resolution } from "../../src/invocations/types.ts";

/**
 * A group of command lines of ordinary use that share their surroundings and their source. `lines` is a text with one command line per
 * line, exactly as a log would hold it, so that nothing needs YAML's quotes; `argv` has the words where a log holds those.
 */
const group = z.strictObject({
  /** The documentation that shows such lines, or the kind of known-good filter that public rules carry for them. */
  source: z.string().regex(/^(?:https:\/\/\S+|filter: .{12,})$/),
  parent: z.string().optional(),
  user: z.string().optional(),
  image: z.string().optional(),
  originalFileName: z.string().optional(),
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  as: z.enum(["typed", "logged"]).optional(),
  lines: z.string().default(""),
  argv: z.array(z.array(z.string()).min(1)).default([]),
});
const file = z.array(group).min(1);

/** One command line of ordinary use, with what is known around it. */
export interface Ordinary {
  readonly file: string;
  readonly source: string;
  readonly request: Request & { readonly platform: "windows" | "linux" };
  readonly user?: string;
}

function ordinariesOf(path: string, platform: "windows" | "linux"): readonly Ordinary[] {
  return file.parse(parse(readFileSync(path, "utf8"), { schema: "failsafe", maxAliasCount: 10 })).flatMap((one) => {
    const { source, user, lines, argv, ...around } = one;
    const shared = Object.fromEntries(Object.entries(around).filter(([, value]) => value !== undefined));
    const texts = lines.split("\n").filter((line) => line.trim() !== "");
    const requests = [...texts.map((commandLine) => ({ commandLine })), ...argv.map((args) => ({ args }))];
    return requests.map(
      (request): Ordinary => ({
        file: path,
        source,
        request: { platform, ...shared, ...request },
        ...(user !== undefined && { user }),
      }),
    );
  });
}

/** The whole corpus, in the order of its files. @throws where a file has the wrong shape */
export function readCorpus(root: string): readonly Ordinary[] {
  return (["windows", "linux"] as const).flatMap((platform) =>
    readdirSync(`${root}/${platform}`)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .flatMap((name) => ordinariesOf(`${root}/${platform}/${name}`, platform)),
  );
}

/**
 * The entries whose use a line shows: the binary that it starts, what a shell or a script host around that one is, and the script that it
 * runs. What those start in turn is not the line's own use.
 */
export function startedBy({ invocations }: Resolution): ReadonlySet<string> {
  const shown = new Set<string>();
  const opens = (entry: CatalogEntry | undefined) => entry?.category === "shell";
  for (const { entry, parent } of invocations) {
    const around = parent === undefined ? undefined : invocations[parent];
    const own = around === undefined || (opens(around.entry) && shown.has(around.entry?.id ?? ""));
    if (entry && (own || entry.category === "script")) shown.add(entry.id);
  }
  return shown;
}
