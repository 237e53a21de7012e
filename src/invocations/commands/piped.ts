import type { Draft } from "../draft.ts";
import { contextAt, type Source, type State } from "../state.ts";
import type { ResolvedBehaviour } from "../types.ts";
import type { Redirect, SimpleCommand } from "./dialects.ts";
import type { Running } from "./running.ts";

/** Most commands that output passes through on its way. */
const MAX_HOPS = 8;

const NOTHING: Source = {};

/** Ways of connecting that carry whatever the two ends say: a socket, a listener, an encrypted tunnel. */
const CONNECTION = new Set(["T1095", "T1571", "T1573"]);

/** What a command of the text shows by itself; it is an invocation of its own in its turn. */
export const shownBy = (command: SimpleCommand, file: string | undefined, running: Running) =>
  draftsOf(command, file, running).flatMap((one) => one.behaviours);

function draftsOf(command: SimpleCommand, file: string | undefined, { state, context }: Running): readonly Draft[] {
  const apart = state.apart();
  const alone = contextAt(context.depth);
  alone.env = context.env;
  alone.stdin = command.stdin?.file === undefined && file !== undefined ? { file } : command.stdin;
  if (command.argv) state.resolver.argv(command.argv, apart, alone);
  else state.resolver.script(command.text ?? "", "cmd", apart, alone);
  return apart.invocations;
}

/** What another machine prints that carries out a command of the line: a file of its own, where that is all the command does. */
function answered(drafts: readonly Draft[], { elsewhere }: State): string | undefined {
  const machine = drafts.find((one) => one.machine !== elsewhere?.machine)?.machine;
  if (machine === undefined) return undefined;
  const file = drafts.flatMap((one) =>
    one.machine === undefined ? [] : one.behaviours.flatMap(({ reads }) => reads),
  )[0];
  const server = machine.includes("@") ? machine : `@${machine}`;
  return file === undefined || file.remote ? server : `${server}:${file.value}`;
}

/** A name that no file of a line has. */
const INPUT = "<input>";

/** Most characters of such a text that are shown. */
const MAX_SHOWN = 64;

/** The text of the line that a command makes something else of, which only it can tell: packed or encrypted code. */
function unreadText(command: SimpleCommand, running: Running): string | undefined {
  if (!command.stdin?.text?.trim()) return undefined;
  const unpacks = shownBy({ ...command, stdin: {} }, INPUT, running).some(
    ({ behaviour, reads }) => behaviour.category === "decode" && reads.every(({ value }) => value === INPUT),
  );
  if (!unpacks) return undefined;
  let written = command;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const before = running.commands[written.speaker ?? -1];
    if (before?.stdin?.text === undefined) break;
    written = before;
  }
  return written.stdin?.text?.trim().slice(0, MAX_SHOWN);
}

/** Whether a program that shows the behaviour holds a connection. */
export const isConnection = ({ techniques }: ResolvedBehaviour) =>
  techniques.some((technique) => CONNECTION.has(technique));

/** Code that makes words of its own, which it puts in place of what it reads: strings of awk, replacements of sed. */
const OWN_WORDS = /"[^"]{0,256}[a-z]{2}|\bs([|/#,:])[^|/#,:]{0,256}\1[^|/#,:]{0,256}[a-z]{2}/i;
const MAX_CODE = 1024;

/** Whether what goes through a command is still what was kept: not where the command is there to make another text of it. */
const leavesAsKept = (behaviours: readonly ResolvedBehaviour[]) =>
  !behaviours.some(({ runs }) =>
    runs.some(({ what, value }) => what === "inlineCode" && OWN_WORDS.test(value.slice(0, MAX_CODE))),
  );

/** Most characters of a command that are shown. */
const MAX_COMMAND = 96;

/** The place that a command asks for what somebody keeps there. */
function keptPlace(drafts: readonly Draft[]): string | undefined {
  const asks = drafts.find(({ prints }) => prints);
  return asks && `${asks.entry?.prints?.of} (${asks.canonical.slice(0, MAX_COMMAND)})`;
}

/** Most addresses of one command that are kept. */
const MAX_PRINTED = 16;

/** What one command prints, by what it is handed itself. */
export function printedBy(running: Running, feeding: SimpleCommand, hops = MAX_HOPS): Source {
  if (feeding.redirects.some(keepsOutput)) return NOTHING;
  const connection = feeding.redirects.find((one) => one.op.startsWith("<") && running.connections.of(one));
  if (connection) return { fetched: running.connections.of(connection) ?? connection.target };
  const before = sourceOf(running, feeding, hops - 1);
  const unread = unreadText(feeding, running);
  if (unread !== undefined) {
    running.state.cut ??= "what it unpacks or decrypts of its own text is not read here";
    return { unread };
  }
  const drafts = draftsOf(feeding, before.files?.[0], running);
  const behaviours = drafts.flatMap((one) => one.behaviours);
  // Who writes down what it is handed, and is piped on, hands it on as well: `curl … | tee FILE | sh`.
  const passes = before !== NOTHING && behaviours.every(({ fetches, reads }) => fetches.length + reads.length === 0);
  const answer = answered(drafts, running.state);
  if (answer !== undefined) return { fetched: answer };
  const brings = behaviours.flatMap(({ fetches }) => fetches).filter(({ remote }) => remote);
  const written = passes ? 0 : behaviours.reduce((sum, { writes }) => sum + writes.length, 0);
  // Each file takes what one address brings, in their order; what is left is printed.
  if (written > 0 && written >= brings.length) return NOTHING;
  const [fetched, ...others] = brings.slice(written, written + MAX_PRINTED).map(({ value }) => value);
  if (fetched !== undefined) return others.length === 0 ? { fetched } : { fetched, others };
  const kept = keptPlace(drafts);
  if (kept !== undefined) return { kept };
  // Who runs its input prints something else; code that stands in the words makes its output of what it reads.
  const carriesOut = ({ runs, reads, behaviour }: ResolvedBehaviour) =>
    !behaviour.wrapper && runs.some(({ what }) => what !== "inlineCode" || (reads.length === 0 && before === NOTHING));
  if (behaviours.some(carriesOut)) return NOTHING;
  if (before.fetched !== undefined || before.decoded || before.unread) return before;
  if (before.kept !== undefined) return leavesAsKept(behaviours) ? before : NOTHING;
  const read = (decodes: boolean) =>
    behaviours
      .filter(({ behaviour }) => (behaviour.category === "decode") === decodes)
      .flatMap(({ reads }) => reads.flatMap(({ value, remote }) => (remote ? [] : [value])));
  const decoded = read(true);
  if (decoded.length > 0) return { decoded: before.files?.includes(decoded[0]!) ? before.files : decoded };
  const files = read(false);
  return files.length > 0 ? { files } : before;
}

/** Whether standard output goes elsewhere than into the pipe. */
const keepsOutput = ({ fd, op, target }: Redirect) =>
  op.startsWith("&>") || (op.startsWith(">") && (fd ?? 1) === 1 && !(op === ">&" && target === "1"));

/** What the commands that feed one of a text hand to it: on its input, or within its words. */
export function sourceOf(running: Running, { feeds = [], words = [], aside }: SimpleCommand, hops = MAX_HOPS): Source {
  if (hops === 0) return NOTHING;
  for (const at of [...feeds, ...words]) {
    const feeding = running.commands[at];
    if (!feeding) continue;
    const { files, ...rest } = printedBy(running, aside ? { ...feeding, redirects: [] } : feeding, hops);
    if (rest.fetched !== undefined || rest.decoded || rest.unread || rest.kept !== undefined) return rest;
    if (files && feeds.includes(at)) return { files };
  }
  return NOTHING;
}
