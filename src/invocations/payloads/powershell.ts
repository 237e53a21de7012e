import { identity } from "../../cmdline/normal/identity.ts";
import { isNamedShare } from "../../cmdline/normal/reach.ts";
import { isRemote } from "../../cmdline/normal/remote.ts";
import { readPowerShell } from "../../cmdline/powershell/powershell.ts";
import { isSetting, type NativeCommand, type PowerShellFinding } from "../../cmdline/powershell/session.ts";
import { itemsOf, textOf, type Value } from "../../cmdline/powershell/values.ts";
import { joined } from "../commands/environment.ts";
import { shellBehaviour } from "../commands/redirects.ts";
import { baseName } from "../glob.ts";
import { type Context, copyOf, type State } from "../state.ts";
import { commandPayload, type Found, inlinePayload, namedPayload, withArguments } from "./payload.ts";

/** What a pipe of the code brings a program: text on its input, a file's contents, or what comes from another machine. */
function handed(input: Value | undefined): Pick<Context, "stdin" | "piped"> {
  if (input?.kind === "contents") {
    const { from, where } = input;
    if (where === "web" || isRemote(from)) return { stdin: {}, piped: () => ({ fetched: from }) };
    return { stdin: where ? {} : { file: from }, piped: undefined };
  }
  const lines = input ? itemsOf(input).map(textOf) : [];
  const known = lines.length > 0 && lines.every((line) => line !== undefined);
  return { stdin: known ? { text: lines.join("\n") } : {}, piped: undefined };
}

/** Programs that the code starts, as invocations of their own. */
function started(command: NativeCommand, state: State, outer: Context): readonly Found[] {
  const { folder } = state.files;
  state.files.folder = command.folder ?? folder;
  const found = startedIn(command, state, outer);
  state.files.folder = folder;
  return found;
}

function startedIn(command: NativeCommand, state: State, outer: Context): readonly Found[] {
  const { text, tokens, input, env } = command;
  const context = copyOf(outer);
  context.env = joined(outer.env, env);
  const { stdin, piped } = handed(input);
  context.stdin = stdin;
  context.piped = piped;
  if (state.platform === "windows") {
    const payloads = state.resolver.script(text, "plain", state, context);
    return isSetting(command) ? [] : payloads.map((payload) => ({ role: "runs", payload }));
  }
  state.resolver.argv(tokens, state, context);
  const [program = "", ...args] = tokens;
  return [{ role: "runs", payload: commandPayload(program, args, state) }];
}

/** Keeps which files the code itself fetches or unpacks, for the programs that it starts. */
function noteFetched(findings: readonly PowerShellFinding[], { files, domain }: State): void {
  const { folder } = files;
  for (const { value, copyOf, outOf, from = copyOf, folder: at } of findings) {
    if (outOf !== undefined) files.unpack(outOf);
    if (from === undefined || (from === copyOf && (!isRemote(from) || isNamedShare(from, domain)))) continue;
    files.folder = at ?? folder;
    files.make(value, "fetched", from);
  }
  files.folder = folder;
}

/** Tells of scripts that the code carries out itself after a program that it started has fetched them. */
function tellFetched(findings: readonly PowerShellFinding[], state: State, { parent }: Context): void {
  const shell = parent === undefined ? undefined : state.invocations[parent];
  for (const { role, what, value } of findings) {
    const origin = role === "runs" && what === "script" ? state.files.origin(value, "fetched") : undefined;
    if (!shell || !origin) continue;
    const runs = [namedPayload(origin, { what, where: "web" }, state)];
    const told = shellBehaviour("fetched-script", shell, state, { runs });
    if (told) shell.behaviours.push(told);
  }
}

/**
 * What PowerShell code runs, fetches, reads and writes. How it is disguised is noted on the invocation that contains it.
 * Addresses whose use is not understood count as fetched where a part of the code could not be read.
 */
export function readPowerShellText(code: string, state: State, context: Context): readonly Found[] {
  const reading = readPowerShell(code, context.env);
  const { cmdlets, findings, obfuscation, cut, callsUnknown } = reading;
  const programs = cmdlets.filter(({ tokens: [name = ""] }) => state.catalog.byName(name, state.platform));
  const commands = [...reading.commands, ...programs];
  if (context.parent !== undefined) state.invocations[context.parent]?.note(obfuscation);
  if (cut.length > 0) state.cut ??= cut[0];
  if (callsUnknown) state.cut ??= "it calls a command whose name is made at run time, not known";
  noteFetched(findings, state);
  const found: Found[] = commands.flatMap((command) => started(command, state, context));
  for (const { role, what, value, where, args = [] } of findings) {
    if (what === "inlineCode") found.push({ role, payload: inlinePayload(value) });
    else {
      const payload = namedPayload(value, where ? { what, where } : { what }, state);
      found.push({ role, payload: args.length > 0 ? withArguments(payload, args) : payload });
      // Signed scripts of the system can proxy, too.
      if (role === "runs" && what === "script" && state.catalog.byName(baseName(value), state.platform))
        state.resolver.argv([value, ...args], state, context);
    }
  }
  tellFetched(findings, state, context);
  if (cut.length === 0) return found;
  const same = (text: string) => identity(text, state.platform);
  const named = new Set(findings.map(({ value }) => same(value)));
  const inCommands = commands.map(({ text }) => text).join("\n");
  const rest = reading.urls.filter((url) => !named.has(same(url)) && !inCommands.includes(url));
  return [
    ...found,
    ...rest.map((url): Found => ({ role: "fetches", payload: namedPayload(url, { what: "auto" }, state) })),
  ];
}
