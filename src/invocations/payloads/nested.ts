import { isWholePath, wholeName } from "../../cmdline/normal/folder.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import { extensionOf } from "../../cmdline/normal/names.ts";
import type { Arg } from "../../grammar/types.ts";
import type { Payload, Role } from "../../model/payload.ts";
import type { Dialect } from "../commands/dialects.ts";
import { DECODED } from "../conditions/elements.ts";
import type { BindingPlan } from "../plan.ts";
import { type Context, copyOf, type State } from "../state.ts";
import type { Bound } from "./bind.ts";
import { readInline } from "./code.ts";
import { stateOn } from "./elsewhere.ts";
import { commandPayload, type Found, inlinePayload, namedPayload, placePayload, withArguments } from "./payload.ts";
import { readPowerShellText } from "./powershell.ts";
import { carriedBy, withWritten } from "./written.ts";

/** Several words that stand one behind another on a line, as they are written there; undefined for any others. */
function asWritten(args: readonly Arg[]): string | undefined {
  const apart = args.some(({ raw, start, end }, at) => end - start !== raw.length || start < (args[at - 1]?.end ?? 0));
  return apart || args.length < 2 ? undefined : args.map(({ raw }) => raw).join(" ");
}

/** schtasks and wmic take single quotes for double ones where these are used up: not within double ones. */
function doublyQuoted(text: string): string {
  if (!text.includes("'")) return text;
  return text.replace(/"[^"]*"?|(?<!\S)'([^'"]*)'(?![^\s,])/g, (whole, inner?: string) =>
    inner === undefined ? whole : `"${inner}"`,
  );
}

const inRole = (role: Role, payloads: readonly Payload[]): readonly Found[] =>
  payloads.map((payload) => ({ role, payload }));

/** What an address that is taken as it is written names, of which the last part says what it is. */
function kindOfText({ what }: BindingPlan, text: string): BindingPlan["what"] {
  if (what !== "auto") return what;
  return /[\\/]/.test(text) ? kindOf(extensionOf(text)) : "document";
}

const strings = (bound: Bound) => bound.args.map((arg) => arg.value);

function program(
  binding: BindingPlan,
  bound: Bound,
  state: State,
  context: Context,
  args: readonly string[],
): readonly Found[] {
  const { where, ext, prefix } = binding;
  const what = binding.what === "auto" ? "executable" : binding.what;
  const payload = namedPayload(bound.text, { what, where, ext, prefix }, state, bound.entry);
  const full =
    (binding.ext ?? binding.prefix) !== undefined && payload.resolved !== undefined ? payload.resolved : bound.text;
  const index = state.resolver.argv([full, ...args], state, context);
  const started = args.length > 0 ? withArguments(payload, args) : payload;
  if (binding.within !== undefined)
    return withWritten({ role: binding.role, payload: started }, binding, state, context);
  return [{ role: binding.role, payload: started }, ...carriedBy(state.invocations[index])];
}

/** A path of Windows, whose backslashes a shell of Linux would take away: whoever writes it means the file. */
const ON_DRIVE = /^\s*[a-z]:\\/i;

function dialectOf(as: "cmd" | "sh", isElsewhere: boolean, text: string, { platform }: State): Dialect {
  if (as === "cmd" || platform !== "windows") return as;
  if (isElsewhere) return "cmd";
  return ON_DRIVE.test(text) ? "plain" : as;
}

/** A binding whose value is a file of another machine, which another word names. */
const onServer = (binding: BindingPlan, { server }: Bound): BindingPlan =>
  server === undefined ? binding : { ...binding, prefix: `${binding.prefix ?? ""}${server}/`, where: "web" };

/** The whole name of a file whose folder another word names. */
const inFolder = ({ text, folder }: Bound, { platform }: State): string =>
  folder === undefined || isWholePath(text) ? text : wholeName(folder.replaceAll('"', ""), text, platform);

/**
 * Reads a bound text as its binding says.
 * @param args arguments of a program, from the binding's `args` element
 */
export function payloadsOf(
  binding: BindingPlan,
  bound: Bound,
  args: readonly string[],
  here: State,
  context: Context,
): readonly Found[] {
  const { role, as, on } = binding;
  const state = on === undefined ? here : stateOn(on, as, bound.text, bound.server, here);
  if (as === "cmd" || as === "sh") {
    const inner = args.length > 0 ? copyOf(context) : undefined;
    if (inner) inner.parameters = args;
    const dialect = dialectOf(as, on !== undefined, bound.text, state);
    const text = binding.prefix === undefined ? bound.text : `${binding.prefix} ${bound.text}`;
    return inRole(role, state.resolver.script(text, dialect, state, inner ?? context));
  }
  if (as === "command") {
    if (state.platform !== "windows") return inRole(role, state.resolver.script(bound.text, "sh", state, context));
    return inRole(role, state.resolver.script(doublyQuoted(bound.text), "plain", state, context));
  }
  if (as === "argv" || as === "line") {
    const own = bound.args.length > 0 ? strings(bound) : [bound.text];
    const words = binding.prefix === undefined ? own : [binding.prefix, ...own];
    if (as === "line" && words.length === 1) {
      const dialect = state.platform === "windows" ? "plain" : "sh";
      return inRole(role, state.resolver.script(words[0] ?? "", dialect, state, context));
    }
    // Programs of Windows hand on the end of their own line.
    const rest = state.platform === "windows" && binding.prefix === undefined ? asWritten(bound.args) : undefined;
    if (rest !== undefined) return inRole(role, state.resolver.script(rest, "plain", state, context));
    const index = state.resolver.argv(words, state, context);
    const payload = commandPayload(words[0] ?? "", words.slice(1), state);
    return [{ role, payload }, ...carriedBy(state.invocations[index])];
  }
  if (as === "powershell") {
    const code = bound.args.length > 0 && bound.values[0]?.text === bound.text ? strings(bound).join(" ") : bound.text;
    return readPowerShellText(code, state, context);
  }
  if (as.startsWith("code:")) {
    const read = readInline(as.slice(5), bound.text, state, context, args);
    // A little language that only wraps a command is no code of its own.
    return binding.what === "inlineCode" ? [{ role, payload: inlinePayload(bound.text) }, ...read] : read;
  }
  if (as === "program") return program(binding, bound, state, context, args);
  if (as === "text") {
    if (binding.what === "inlineCode") return inRole(role, [inlinePayload(bound.text)]);
    return inRole(role, [placePayload(bound.text, { ...binding, what: kindOfText(binding, bound.text) })]);
  }
  if (binding.sources?.element === DECODED && context.piped?.().unread === bound.text)
    return inRole(role, [inlinePayload(bound.text)]);
  const payload = namedPayload(inFolder(bound, state), onServer(binding, bound), state, bound.entry);
  const inner = args.length > 0 ? copyOf(context) : undefined;
  if (inner) inner.parameters = [bound.text, ...args];
  return withWritten({ role, payload }, binding, state, inner ?? context);
}
