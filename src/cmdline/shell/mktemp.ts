import type { State } from "./state.ts";

/** Longest path of a file. */
const MAX_NAME = 4096;

const VALUED = new Set(["-p", "--suffix"]);

/**
 * The name that mktemp(1) prints. Nobody can know what becomes of the `X` of its template: they stay, and further names of the same
 * text have their number at the end. Undefined where it would print none.
 */
export function mktemp(args: readonly string[], state: State): string | undefined {
  let template: string | undefined;
  let folder: string | undefined;
  let suffix = "";
  const standard = () => {
    const given = state.vars.get("TMPDIR");
    return typeof given === "string" && given !== "" ? given : "/tmp";
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const [name = "", value] = /^(--\w+)=(.*)$/s.exec(arg)?.slice(1) ?? [arg];
    const next = () => value ?? args[++at] ?? "";
    if (VALUED.has(name)) {
      if (name === "-p") folder = next();
      else suffix = next();
    } else if (name === "--tmpdir") folder = value || standard();
    else if (name === "-t") folder = standard();
    else if (!arg.startsWith("-")) template = arg;
    else if (!/^(?:-[dqut]+|--(?:directory|quiet|dry-run))$/.test(arg)) return undefined;
    else if (arg.includes("t") && !arg.startsWith("--")) folder = standard();
  }
  if (template === undefined) folder ??= standard();
  const name = (template ?? "tmp.XXXXXXXXXX") + suffix;
  const end = name.lastIndexOf("XXX") + 3;
  if (end < 3 || name.length > MAX_NAME) return undefined;
  const number = state.temporary === 0 ? "" : `${state.temporary}`;
  state.temporary++;
  const path = name.slice(0, end - number.length) + number + name.slice(end);
  return `${folder === undefined || path.startsWith("/") ? path : `${folder.replace(/\/$/, "")}/${path}`}\n`;
}
