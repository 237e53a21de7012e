import { isThisMachine } from "../normal/host.ts";
import { runCode } from "./acts.ts";
import type { Call } from "./call.ts";
import { runFile } from "./cmdlet-bodies.ts";
import { found, isSetting } from "./session.ts";
import { itemsOf, shownText, UNKNOWN, type Value } from "./values.ts";

const MACHINES = ["computername", "cn", "hostname", "vmname", "session"];

/** What PowerShell and cmd call the machine itself, besides its addresses. */
const HERE = /^(?:\.|%computername%|\$env:computername)$/i;

const MAX_MACHINES = 16;

/** Machines as they are called; one that nobody knows, such as that of a session, has no name. */
function namesOf(value: Value): readonly string[] {
  const names = itemsOf(value).map(shownText);
  return names.length > 0 ? names : [""];
}

/** Runs a block or a file, here or on the machines that it is given; a word in front of the block names one, too. */
export function invokeCommand(call: Call): Value {
  const { bound, session, depth } = call;
  const given = bound.get("scriptblock");
  const block = given?.kind === "block" ? given : (bound.rest.find(({ kind }) => kind === "block") ?? given);
  const named = MACHINES.flatMap((name) => bound.get(name) ?? []);
  const machines = (block !== given && given ? [...named, given] : named).flatMap(namesOf);
  const elsewhere = machines.filter((machine) => !HERE.test(machine) && !isThisMachine(machine)).slice(0, MAX_MACHINES);
  for (const machine of elsewhere) session.machines.add(machine);
  const [commands, findings] = [session.commands.length, session.findings.length];
  runFile(call, "filepath", "script");
  const value = block ? runCode(block, session, depth) : UNKNOWN;
  // Cmdlets alone are no programs, but are carried out on the other machine as well.
  const isQuiet = session.findings.length === findings && session.commands.slice(commands).every(isSetting);
  if (elsewhere.length > 0 && isQuiet && block?.kind === "block")
    found(session, { role: "runs", what: "inlineCode", value: block.code.trim() });
  return value;
}
