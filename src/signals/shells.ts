import type { Signal } from "./signal.ts";

/** What may start a shell at once; a script or a project that runs beside it is told by itself. */
const STARTS = new Set(["command", "executable", "inlineCode"]);

/**
 * Programs of Linux whose business is something else give their rights, and their place on lists of what may run, to whoever wants a
 * shell. Behaviours that are rare or hostile in themselves say as much in their own sentence.
 * Source: GTFOBins, function "shell".
 */
export const idleShell: Signal = {
  id: "idle-shell",
  group: "payloadForm",
  title: "A program with another purpose opens a shell",
  needs: "runs",
  evaluate({ idleShell, behaviour: { behaviour, runs } }) {
    const { usual, wrapper, opensShells } = behaviour;
    if (
      !idleShell ||
      !runs.some(({ what }) => STARTS.has(what)) ||
      wrapper ||
      opensShells ||
      usual === "rare" ||
      usual === "hostile"
    )
      return undefined;
    return { text: "It opens a shell without giving it a command: somebody wants to work at it." };
  },
};
