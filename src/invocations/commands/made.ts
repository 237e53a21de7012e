import type { Behaviour } from "../../catalog/types.ts";
import { hostOf, isNumbered, isPlain } from "../../cmdline/normal/reach.ts";
import { decodedBy } from "../../cmdline/shell/output.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { Draft } from "../draft.ts";
import { namedPayload } from "../payloads/payload.ts";
import { carriedBy } from "../payloads/written.ts";
import type { Source, State } from "../state.ts";
import type { Dialect, SimpleCommand } from "./dialects.ts";
import type { Folder } from "./folder.ts";
import { STARTING, wordOf } from "./own-words.ts";
import { printedBy } from "./piped.ts";
import { outputOf } from "./redirects.ts";
import type { Running } from "./running.ts";
import { handedOn } from "./shells.ts";

interface Made {
  /** The shell's behaviour. */
  readonly id: string;
  readonly runs: readonly Payload[];
  readonly reads?: readonly Payload[];
  /** Where the file comes from. */
  readonly origin?: string;
  /** Whether what comes from there is an archive, which holds it. */
  readonly inArchive?: boolean;
}

/** Files that are packed to be small, and hide nothing. */
const PACKED = /\.(?:gz|bz2|xz|zst|lz4|lzma|z)$/i;

const runsOf = (invocation: Draft | undefined): readonly Payload[] =>
  invocation?.behaviours.flatMap(({ runs }) => runs) ?? [];

/** What runs behind a program that only hands on; what stands in the words of a shell is told of that shell. */
const runsBehind = (invocation: Draft): readonly Payload[] =>
  runsOf(invocation).filter(({ what }) => what === "script" || invocation.entry?.category !== "shell");

/** Scripts that cmd carries out itself. */
const BATCH = /\.(?:bat|cmd)$/i;

const startedAs = (file: string, { platform }: State): string =>
  platform === "windows" && BATCH.test(file) ? "fetched-script" : "fetched-program";

/** What runs that the line itself has decoded, fetched or written: the program, or files that the program is given to carry out. */
export function runsMade(name: string, program: Payload, index: number, state: State): Made | undefined {
  const { files } = state;
  if (!files.hasWritten && !files.hasMade) return undefined;
  const invocation = state.invocations[index];
  const given = [...runsOf(invocation), ...handedOn(index, state).flatMap(runsBehind)];
  const fileOf = (payload: Payload): string => {
    const given = payload.what === "command" ? resolvedOf(payload) : payload.value;
    // What hands on to a program looks for it where a shell does: a file in the working folder is none of Linux that a bare name means.
    const isProgram = payload.what === "command" || payload.what === "executable";
    return isProgram && state.platform !== "windows" ? (files.program(given) ?? "") : given;
  };
  const file = files.program(name);
  const starts = STARTING.has(wordOf(name));
  const started = [
    ...(file === undefined ? [] : [{ payload: program, file }]),
    ...(starts ? given.map((payload) => ({ payload, file: fileOf(payload) })) : []),
  ];
  const decoded = started.find((one) => files.origin(one.file, "decoded") !== undefined);
  if (decoded) {
    const packed = files.origin(decoded.file, "decoded") ?? "";
    const from = files.origin(packed, "fetched") ?? "";
    return { id: "decoded-program", runs: [decoded.payload], origin: from, inArchive: from !== "" };
  }
  const script = given.find((one) => {
    const packed = one.what === "script" ? files.origin(fileOf(one), "decoded") : undefined;
    return packed !== undefined && !PACKED.test(packed);
  });
  if (script) return { id: "decoded-file", runs: [script] };
  const origin = file === undefined ? undefined : files.origin(file, "fetched");
  if (origin !== undefined) return { id: startedAs(file ?? "", state), runs: [program], origin };
  // A program of Linux that is named with its folder is that file, whatever it is called.
  const isFile = invocation?.entry === undefined || (state.platform !== "windows" && name.includes("/"));
  const archive = isFile ? files.unpacked(name) : undefined;
  if (archive !== undefined) return { id: "fetched-program", runs: [program], origin: archive, inArchive: true };
  for (const one of started) {
    const original = files.disguised(one.file);
    if (original !== undefined)
      return { id: "disguised-program", runs: [one.payload, namedPayload(original, { what: "executable" }, state)] };
  }
  for (const one of started) {
    const opened = isFile || starts ? files.opened(one.file) : undefined;
    if (opened !== undefined)
      return { id: "unpacked-program", runs: [one.payload], reads: [namedPayload(opened, { what: "auto" }, state)] };
  }
  const carried = carriedBy(invocation).map(({ payload }) => payload);
  if (carried.length > 0) return { id: "written-program", runs: [program, ...carried] };
  const originOf = (one: Payload) => files.origin(fileOf(one), "fetched") ?? files.unpacked(fileOf(one));
  const runs = given.filter((one) => originOf(one) !== undefined);
  const [first] = runs;
  if (!first) return undefined;
  const inArchive = files.origin(first.value, "fetched") === undefined;
  // Whoever hands on to a program starts it: a script is carried out by another one.
  const isWindows = state.platform === "windows";
  const isStarted = (starts || !isWindows) && /^(?:executable|command)$/.test(first.what);
  const id = isStarted
    ? startedAs(fileOf(first), state)
    : isWindows && first.what === "script"
      ? "fetched-script"
      : "fetched-file";
  return { id, runs, origin: originOf(first) ?? "", inArchive };
}

/** What runs, and where it comes from, where that is told of nobody who publishes software: by a number, or as anybody may change it. */
export function madeRoles(made: Made, folder: Folder, dialect: Dialect, state: State) {
  const { id, runs, reads = [], origin = "", inArchive = false } = made;
  if (reads.length > 0) return { runs, reads };
  // A script that lies in a file on its way to a shell is as much from the web as one that goes through a pipe.
  const isScript = id === "fetched-script";
  const isHanded = isScript ? runs[0]?.what === "script" : id === "fetched-file" && state.platform !== "windows";
  if (isHanded && !inArchive && /^(?:https?|ftp):\/\//i.test(origin))
    return {
      runs: [namedPayload(origin, { what: runs[0]?.what === "package" ? "package" : "script", where: "web" }, state)],
      reads: runs.map((file) => folder.whole(file)),
    };
  // What fetches a file says so itself, but for cmdlets; of a drive nothing else does, and of what an archive holds it says nothing.
  const isJoined = runs.some(({ value }) => state.files.onDrive(value) === origin);
  const isOdd = isNumbered(hostOf(origin)) || (state.platform === "windows" && isPlain(origin));
  const isTold = dialect === "plain" || isScript || isJoined || inArchive || isOdd;
  const fetches = isTold ? [namedPayload(origin, { what: isScript ? "script" : "auto" }, state)] : [];
  return { runs: runs.map((file) => folder.whole(file)), fetches };
}

/** Notes the archive that a command unpacks as another one brings it. */
export function noteUnpacked(invocation: Draft | undefined, piped: (() => Source) | undefined, state: State): void {
  const unpacks = ({ category, techniques }: Behaviour) => category !== "execute" && techniques.includes("T1140");
  if (!piped || !invocation?.entry?.behaviours.some(unpacks)) return;
  const { fetched } = piped();
  if (fetched !== undefined) state.files.unpackFrom(fetched);
}

/** Notes the file into which a command's output goes that comes from another machine or is decoded. */
export function keepsMade(running: Running, command: SimpleCommand): void {
  const { connections, state } = running;
  const into = outputOf(command)?.[0];
  if (into === undefined) return;
  const { argv, stdin } = command;
  if (argv && decodedBy(argv, stdin?.text) !== undefined) state.files.make(into, "encoded", stdin?.text?.trim());
  if (state.files.writtenTo(into) !== undefined) return;
  if (command.redirects.some((redirect) => redirect.op.startsWith("<") && connections.of(redirect) !== undefined))
    state.files.make(into, "fetched");
  const { fetched, decoded, unread } = printedBy(running, { ...command, redirects: [] });
  if (fetched !== undefined) state.files.make(into, "fetched", fetched);
  else if (decoded || unread !== undefined) state.files.make(into, "decoded", decoded?.[0]);
}
