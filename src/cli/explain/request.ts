import { isObject } from "../../decode/json/parse.ts";
import type { Request } from "../../invocations/types.ts";
import type { AllOf } from "../../model/shape.ts";

/** What a line of `explain --stdin` asks, or what is wrong with it. */
export type Asked = { readonly request: Request } | { readonly error: string; readonly commandLine: string };

const TEXTS = ["commandLine", "image", "originalFileName", "cwd", "parent"] as const;
const PLATFORMS: readonly string[] = ["windows", "linux", "macos"];
const READINGS: readonly string[] = ["typed", "logged"];

/** The first thing that is wrong with an object; undefined where it can be read. */
function wrong(object: Record<string, unknown>): string | undefined {
  const { args, env, platform, as } = object;
  for (const key of TEXTS) if (typeof (object[key] ?? "") !== "string") return `has a ${key} that is no text`;
  if (args !== undefined && !(Array.isArray(args) && args.every((arg) => typeof arg === "string")))
    return "has args that are no list of texts";
  if (env !== undefined && !(isObject(env) && Object.values(env).every((value) => typeof value === "string")))
    return "has an env that is no object of texts";
  if (platform !== undefined && !PLATFORMS.includes(platform as string))
    return `has a platform that is none of ${PLATFORMS.join(", ")}`;
  if (as !== undefined && !READINGS.includes(as as string)) return `has an as that is none of ${READINGS.join(", ")}`;
  if (typeof object.commandLine !== "string" && args === undefined && typeof object.image !== "string")
    return "has neither commandLine nor args";
  return undefined;
}

/** What an object says, and what flags say where it does not; of one shape for all lines, as others are slow to read. */
function requestOf(object: Partial<Request>, flags: Partial<Request>): Request {
  return {
    commandLine: object.commandLine ?? flags.commandLine,
    args: object.args ?? flags.args,
    image: object.image ?? flags.image,
    originalFileName: object.originalFileName ?? flags.originalFileName,
    platform: object.platform ?? flags.platform,
    env: object.env ?? flags.env,
    cwd: object.cwd ?? flags.cwd,
    parent: object.parent ?? flags.parent,
    as: object.as ?? flags.as,
    knownAs: flags.knownAs,
    domain: flags.domain,
  } satisfies AllOf<Request> as Request;
}

/** How an object begins; a shell's groups and braces begin with a word: `{ id; }`, `{cat,/etc/passwd}`. */
const OBJECT = /^\s*\{\s*["}]/;

/** Reads one line: an object where it starts like one, a command line otherwise. `defaults` are what flags say of all lines. */
export function readRequest(line: string, defaults: Partial<Request>): Asked {
  if (!OBJECT.test(line)) return { request: requestOf({ commandLine: line }, defaults) };
  let object: unknown;
  try {
    object = JSON.parse(line);
  } catch (error) {
    return { error: `is no JSON: ${(error as Error).message}`, commandLine: line };
  }
  if (!isObject(object)) return { error: "is no JSON object", commandLine: line };
  const trouble = wrong(object);
  const text = object.commandLine;
  if (trouble !== undefined) return { error: trouble, commandLine: typeof text === "string" ? text : line };
  return { request: requestOf(object as Partial<Request>, defaults) };
}
