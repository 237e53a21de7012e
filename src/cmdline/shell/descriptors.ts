import type { Draft, State } from "./state.ts";
import { MAX_OUTPUTS, type ShellInput } from "./types.ts";

/** Descriptors that a shell's text has opened to be read, by number. */
export type Opened = ReadonlyMap<number, ShellInput>;

/** The names of descriptors among files. */
const NAMED = /^\/(?:dev|proc\/self)\/fd\/(\d{1,4})$/;

/** The descriptor that a name stands for; undefined for any other file. */
export function descriptorOf(file: string): number | undefined {
  const number = NAMED.exec(file)?.[1];
  return number === undefined ? undefined : Number(number);
}

const nothing = (): void => {};

/**
 * Opens what a command's redirections open: for all that follow, where `exec` stands alone, and for the command otherwise. Notes on the
 * command what its words hold by the names of descriptors. @returns what closes again what was open for the command alone
 */
export function openFor(draft: Draft, opened: Opened | undefined, state: State): () => void {
  const { descriptors } = state;
  const before = opened && new Map([...opened.keys()].map((number) => [number, descriptors.get(number)]));
  if (opened) for (const [number, input] of opened) descriptors.set(number, input);
  if (descriptors.size > 0) noteNames(draft, state);
  if (!before || (draft.argv.length === 1 && draft.argv[0] === "exec")) return nothing;
  return () => {
    for (const [number, input] of before)
      if (input) descriptors.set(number, input);
      else descriptors.delete(number);
  };
}

/** `sh /dev/fd/3`: the file is what another command prints. */
function noteNames(draft: Draft, { descriptors, files }: State): void {
  for (const word of draft.argv) {
    const input = descriptors.get(descriptorOf(word) ?? -1);
    if (input?.kind === "text") files.set(word, input.text);
    const from = input?.kind === "pipe" ? [input.from, ...(input.others ?? [])] : [];
    if (from.length > 0) draft.outputs = [...(draft.outputs ?? []), ...from].slice(0, MAX_OUTPUTS);
  }
}

/** What `read -u 3` reads in place of its standard input. */
export function readsOpen({ argv }: Draft, { descriptors }: State): ShellInput | undefined {
  if (descriptors.size === 0 || !/^(?:read|mapfile|readarray)$/.test(argv[0] ?? "")) return undefined;
  const at = argv.findIndex((word) => /^-\w*u\d*$/.test(word));
  const number = at < 0 ? undefined : (/\d+$/.exec(argv[at]!)?.[0] ?? argv[at + 1]);
  return number === undefined ? undefined : descriptors.get(Number(number));
}
