import { classifyValue } from "../../cmdline/normal/classify.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import { baseName } from "../glob.ts";
import { namedPayload } from "../payloads/payload.ts";
import type { State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import type { Variables } from "./environment.ts";
import { isSilent, wordOf } from "./own-words.ts";

/** Endings of programs and scripts, which people put into PATHEXT to leave them out. */
const OF_PROGRAMS =
  /^\.(?:com|exe|bat|cmd|vb[es]|jse?|ws[fh]|msc|cpl|ps1|pyw?|pyz|rbw?|pl|php|lua|tcl|jar|lnk|awk|sh|r|ahk|au3|nu)$/i;

/** Windows writes its variables' names in any case, and what the line sets is kept in capitals. */
const ofWindows = (env: Variables, name: string, usual: string): string | undefined =>
  (env[name] ?? env[usual])?.trim().replace(/^"(.*)"$/, "$1");

/** The program that is started for cmd, where it is neither a shell that is installed nor looked for by its name alone. */
function otherShell(env: Variables, state: State): Payload | undefined {
  const named = ofWindows(env, "COMSPEC", "ComSpec");
  if (named === undefined || named === "" || /^%\w+%$/.test(named)) return undefined;
  const payload = namedPayload(named, { what: "executable" }, state);
  const file = resolvedOf(payload);
  const { directoryClass } = classifyValue(file, state.platform);
  if (directoryClass === "system" || directoryClass === "programFiles") return undefined;
  const isBare = !/[\\/:]/.test(file);
  return isBare && state.catalog.byName(baseName(file), state.platform)?.category === "shell" ? undefined : payload;
}

/** The file that is found first by a name without an ending, where the first ending is none of a program or a script. */
function otherFile(program: string, env: Variables, state: State): Payload | undefined {
  const [ending = ""] = ofWindows(env, "PATHEXT", "PathExt")?.split(";", 1) ?? [];
  if (!/^\.\w{1,16}$/.test(ending) || OF_PROGRAMS.test(ending) || /\.\w+"?$/.test(program)) return undefined;
  return namedPayload(`${program.replaceAll('"', "")}${ending.toLowerCase()}`, { what: "executable" }, state);
}

/**
 * What the environment of a program of Windows makes it start: another program than cmd, wherever it has its commands carried out, and
 * a file for itself that is called like none.
 */
export function toldByVariables(
  program: string | undefined,
  { entry }: Draft,
  env: Variables,
  state: State,
): readonly ResolvedBehaviour[] {
  if (state.platform !== "windows" || program === undefined || program === "") return [];
  if (entry?.category === "shell" || isSilent(wordOf(program), state)) return [];
  const shell = state.catalog.byName("cmd.exe", state.platform);
  const told = [
    ["shell-variable", otherShell(env, state)],
    ["program-endings", otherFile(program, env, state)],
  ] as const;
  return told.flatMap(([id, payload]) => {
    const known = payload && shell ? state.catalog.behaviour(`${shell.id}/${id}`) : undefined;
    if (payload === undefined || !known) return [];
    const { id: whole, techniques } = known.behaviour;
    return [{ id: whole, techniques, runs: [payload], fetches: [], reads: [], writes: [], behaviour: known.behaviour }];
  });
}
