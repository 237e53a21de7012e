import { resolvedOf } from "../model/payload.ts";
import { isHomeless } from "./loose.ts";
import { temporary, writable } from "./places.ts";
import type { Signal } from "./signal.ts";
import { LOOKS_AFTER } from "./starters.ts";
import { shown } from "./text.ts";

/** As much of a name as a program and its folders have in common: `ScreenConnect.ClientService.exe`, `Temp\\ScreenConnect`. */
const COMMON = 5;

/** What an agent has laid down for itself, in a folder that is called like it. */
const isOwn = (path: string, agent: string): boolean =>
  path
    .toLowerCase()
    .split("\\")
    .slice(0, -1)
    .some((folder) => folder.startsWith(agent.slice(0, COMMON)));

export const remoteAgent: Signal = {
  id: "remote-agent",
  group: "parent",
  title: "What looks after machines from afar started something that lies where none is at home",
  needs: "runs",
  evaluate(subject) {
    const { parent, outer, platform } = subject;
    if (platform !== "windows" || parent === undefined || outer.length > 0 || !LOOKS_AFTER.test(parent))
      return undefined;
    const payload = temporary(subject) ?? writable(subject);
    if (!payload || isOwn(resolvedOf(payload), parent)) return undefined;
    if (payload !== temporary(subject) && !isHomeless(payload)) return undefined;
    return {
      text: `${shown(parent)} started it, which looks after machines from afar, an intruder's as well as an administrator's.`,
    };
  },
};
