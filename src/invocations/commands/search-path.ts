import { classifyValue } from "../../cmdline/normal/classify.ts";
import { wholeName } from "../../cmdline/normal/folder.ts";
import type { Draft } from "../draft.ts";
import { namedPayload } from "../payloads/payload.ts";
import type { State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import type { Variables } from "./environment.ts";
import { isSilent, wordOf } from "./own-words.ts";

/** Folders of a search path that are looked at. */
const MAX_FOLDERS = 16;

/** What the path was before: from there on the system's own folders are searched. */
const BEFORE = /^(?:\$\{?\w+\}?|%\w+%)$/;

/** Windows writes its variables' names in any case, and what the line sets is kept in capitals. */
const pathOf = (env: Variables): string | undefined => env.PATH ?? env.Path;

/** Whether anybody may put programs into a folder, and hardly anybody installs them there. */
function isOpenToAll(folder: string, { platform }: State): boolean {
  const { directoryClass, where } = classifyValue(folder, platform);
  if (directoryClass === "temp" || directoryClass === "downloads" || where === "share") return true;
  return platform === "windows" && /^(?:[a-z]:\\users\\public|%public%)(?:\\|$)/i.test(folder);
}

/** A program's file in such a folder, where it is searched before the system's own; undefined where there is none, or where the name has a folder. */
function fileByPath(name: string, path: string, state: State): string | undefined {
  const { platform } = state;
  for (const written of path.split(platform === "windows" ? ";" : ":", MAX_FOLDERS)) {
    const folder = written.trim().replace(/^"(.*)"$/, "$1");
    if (BEFORE.test(folder) || classifyValue(folder, platform).directoryClass === "system") return undefined;
    if (folder !== "" && isOpenToAll(folder, state)) return wholeName(folder, name, platform);
  }
  return undefined;
}

/** That a program is looked for where anybody may have put one of its name, if the environment says so. */
export function searchedFor(
  program: string | undefined,
  { entry }: Draft,
  env: Variables,
  state: State,
): ResolvedBehaviour | undefined {
  const path = pathOf(env);
  if (path === undefined || program === undefined || program === "" || /[\\/:]/.test(program)) return undefined;
  // What a shell carries out by itself is looked for nowhere.
  if (entry?.category === "shell" || isSilent(wordOf(program), state)) return undefined;
  const file = fileByPath(program, path, state);
  const shell = state.catalog.byName(state.platform === "windows" ? "cmd.exe" : "sh", state.platform);
  const known = file === undefined || !shell ? undefined : state.catalog.behaviour(`${shell.id}/search-path`);
  if (file === undefined || !known) return undefined;
  const { id, techniques } = known.behaviour;
  const runs = [namedPayload(file, { what: "executable" }, state)];
  return { id, techniques, runs, fetches: [], reads: [], writes: [], behaviour: known.behaviour };
}
