import { charge, type Draft, type State } from "./state.ts";

/** What a command reads, where that is known: its input, or a file that the text has written. */
export function inputOf({ argv, stdin }: Draft, state: State): string | undefined {
  const files = argv[0] === "cat" ? argv.slice(1).filter((word) => word !== "-u" && word !== "-") : [];
  if (files.length > 1) return undefined;
  const file = files[0] ?? (stdin?.kind === "file" ? stdin.path : undefined);
  if (file !== undefined) return state.written.get(file);
  return stdin?.kind === "text" ? stdin.text : undefined;
}

/** Keeps what a command prints into a file. */
export function keepWritten({ redirects, literal }: Draft, output: string | undefined, state: State): void {
  for (const { fd, op, target } of redirects) {
    if (!op.startsWith(">") || op.includes("&") || (fd ?? 1) !== 1) continue;
    const before = op === ">>" ? state.written.get(target) : "";
    const known =
      literal && output !== undefined && before !== undefined && charge(state, before.length + output.length);
    if (known) state.written.set(target, before + output);
    else state.written.delete(target);
  }
}

/** What a file holds that stands for known input, or for what another command prints. */
export function textOfFile(file: string | undefined, { stdin }: Draft, { files }: State): string | undefined {
  if (file === undefined) return undefined;
  if (/^\/(?:dev\/(?:stdin|fd\/0)|proc\/self\/fd\/0)$/.test(file))
    return stdin?.kind === "text" ? stdin.text : undefined;
  return files.get(file);
}
