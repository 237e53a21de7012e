import { classifyValue } from "../../cmdline/normal/classify.ts";
import { isDisguise } from "../../cmdline/normal/disguise.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { normalRegistry } from "../../cmdline/normal/registry.ts";
import { isRemote } from "../../cmdline/normal/remote.ts";
import { parsePowerShellLine, wordsOf } from "../../cmdline/powershell/command-line.ts";
import { readPowerShell } from "../../cmdline/powershell/powershell.ts";
import type { Collector } from "../types.ts";
import type { Reader } from "./reader.ts";

/**
 * PowerShell's own options in any abbreviation, and what its code does at a glance.
 * Elements: code (given plainly or decoded), text (the same, for tests that leave the code to be bound), decoded (only where it was given encoded), undecoded (no code could be made of it),
 * file, argument (of the file), input (the code comes from standard input), each option by its full name; remoteCode, remoteFile,
 * postedTo and assembly (addresses whose contents the code runs, addresses that it fetches, those where all its requests bring data,
 * assemblies that it loads), remoteAssembly (those that come from another machine), registryCode (values of
 * the registry whose contents it runs), keptCode (places such as event logs whose contents it runs), variableCode (variables of the environment whose contents it runs),
 * ownScript (scripts of this machine that it runs by their names, as code that is given without -File may be nothing else),
 * droppedProgram and disguisedProgram (programs that it writes, or makes of files that are called like none, and then starts), streamCode (streams of files that it runs), streamWritten (streams that it writes), socketCode (machines from which a connection of its
 * own brings what it runs), wmi, wmiConsumer, scheduledTask, service and comServer (command lines that it has started by these), unfolded (code that it carries
 * out after it was put together or decoded), addIn (libraries that it has a program of Office load), machine (another one, on which it has commands carried out). The text holds once more what was put together or decoded, and
 * the calls of cmdlets with the values that variables have.
 */
export const powershell: Reader = (line, out) => {
  const read = parsePowerShellLine(wordsOf(line.args, line.text));
  for (const { name, value } of read.options) if (name !== "file") out.put(name, value ?? "");
  if (read.file !== undefined) out.put("file", read.file);
  for (const argument of read.fileArgs) out.put("argument", argument);
  if (read.fromInput) out.put("input", "");
  if (read.encoded) {
    if (read.code === undefined) {
      out.put("undecoded", line.args.at(-1)?.value ?? "");
      out.tell(line.args.at(-1)?.value ?? "");
    } else out.put("decoded", read.code);
  }
  if (read.code === undefined) return;
  // Code that begins as an option does was meant for one.
  const asOption =
    read.encoded || read.options.some(({ name }) => name.startsWith("command")) ? null : OPTION.exec(read.code);
  if (asOption) out.tell(asOption[0]);
  out.put("code", read.code);
  glance(read.code, out);
};

const OPTION = /^-[a-z]{2,32}(?=\s|$)/i;

/** What else starts the commands of the code: elements of the same names. */
const VIAS = new Set(["wmi", "wmiConsumer", "scheduledTask", "service", "comServer"]);

/** One end of a connection that the code itself opens. */
const SOCKET = /:\d{1,5}$/;

const PROGRAM = /\.(?:exe|com|scr|pif)$/i;

const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);

const isSame = (one: string, other: string): boolean => identity(one, "windows") === identity(other, "windows");

const SCRIPT = /\.psm?1$/i;

/** Libraries that programs of Office load. */
const ADD_IN = /\.(?:xll|wll)$/i;

/** An alternate data stream that is no mark of the web. */
function isHidden(value: string): boolean {
  const { stream } = classifyValue(value, "windows");
  return stream !== "" && !/^zone\.identifier/i.test(stream);
}

/** Whoever starts a program sets its variables; in the other places somebody has put the code beforehand. */
const keptAs = (place: string): string => (place.startsWith("%") ? "variableCode" : "keptCode");

function glance(code: string, out: Collector): void {
  const { commands, cmdlets, findings, unfolded, machines } = readPowerShell(code);
  out.put("text", [code, ...unfolded, ...cmdlets.map(({ text }) => text)].join("\n"));
  for (const one of unfolded) out.put("unfolded", one);
  for (const machine of machines) out.put("machine", machine);
  for (const { text, via } of commands) if (VIAS.has(via)) out.put(via, text);
  const fetched = findings.filter(({ role, value }) => role === "fetches" && !/^\\\\/.test(value));
  if (fetched.every(({ posts }) => posts)) for (const { value } of fetched) out.put("postedTo", value);
  for (const { role, what, value, where, made, copyOf } of findings) {
    if (role === "runs" && what === "assembly" && (where === "web" || isRemote(value)))
      out.put("remoteAssembly", value);
    if (role === "runs" && where !== undefined) {
      out.put(where !== "web" ? keptAs(value) : SOCKET.test(value) ? "socketCode" : "remoteCode", value);
      continue;
    }
    // Source code is no place, whatever its colons look like.
    if (what === "inlineCode") continue;
    if (role === "runs" && isRemote(value)) out.put("remoteCode", value);
    if (role === "runs" && normalRegistry(value)) out.put("registryCode", value);
    if (role === "runs" && SCRIPT.test(value) && !isRemote(value)) out.put("ownScript", value);
    if (role === "runs" && classifyValue(value, "windows").stream !== "") out.put("streamCode", value);
    if (role === "writes" && isHidden(value)) out.put("streamWritten", value);
    const isStarted = () => commands.some(({ tokens: [program = ""] }) => isSame(program, value));
    if (made && PROGRAM.test(value) && isStarted()) out.put("droppedProgram", value);
    if (copyOf !== undefined && isDisguise(value, nameOf(copyOf)) && isStarted()) out.put("disguisedProgram", value);
    if (role === "fetches" && !/^\\\\/.test(value)) out.put("remoteFile", value);
    if (role === "runs" && what === "assembly") out.put("assembly", value);
    if (role === "runs" && ADD_IN.test(value)) out.put("addIn", value);
  }
}
