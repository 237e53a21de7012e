import type { Request } from "../../invocations/types.ts";

/** What a line of `explain --stdin` asks, or what is wrong with it. */
export type Asked = { readonly request: Request } | { readonly error: string; readonly commandLine: string };

const TEXTS = ["commandLine", "image", "originalFileName", "cwd", "parent"] as const;
const PLATFORMS: readonly string[] = ["windows", "linux", "macos"];
const READINGS: readonly string[] = ["typed", "logged"];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first thing that is wrong with an object; undefined where it can be read. */
function wrong(object: Record<string, unknown>): string | undefined {
  const { args, env, platform, as } = object;
  for (const key of TEXTS)
    if (object[key] !== undefined && object[key] !== null && typeof object[key] !== "string")
      return `has a ${key} that is no text`;
  if (args !== undefined && !(Array.isArray(args) && args.every((arg) => typeof arg === "string")))
    return "has args that are no list of texts";
  if (env !== undefined && !(isRecord(env) && Object.values(env).every((value) => typeof value === "string")))
    return "has an env that is no object of texts";
  if (platform !== undefined && !PLATFORMS.includes(platform as string))
    return `has a platform that is none of ${PLATFORMS.join(", ")}`;
  if (as !== undefined && !READINGS.includes(as as string)) return `has an as that is none of ${READINGS.join(", ")}`;
  if (typeof object.commandLine !== "string" && args === undefined && typeof object.image !== "string")
    return "has neither commandLine nor args";
  return undefined;
}

const KEYS = [...TEXTS, "args", "env", "platform", "as"] as const;

/** Reads one line: an object where it starts with `{`, a command line otherwise. `defaults` are what flags say of all lines. */
export function readRequest(line: string, defaults: Partial<Request>): Asked {
  if (!line.trimStart().startsWith("{")) return { request: { ...defaults, commandLine: line } };
  let object: unknown;
  try {
    object = JSON.parse(line);
  } catch (error) {
    return { error: `is no JSON: ${(error as Error).message}`, commandLine: line };
  }
  if (!isRecord(object)) return { error: "is no JSON object", commandLine: line };
  const trouble = wrong(object);
  const text = object.commandLine;
  if (trouble !== undefined) return { error: trouble, commandLine: typeof text === "string" ? text : line };
  const known = KEYS.filter((key) => object[key] !== undefined && object[key] !== null).map((key) => [
    key,
    object[key],
  ]);
  return { request: { ...defaults, ...(Object.fromEntries(known) as Request) } };
}
