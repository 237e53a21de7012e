import { baseName } from "../invocations/glob.ts";
import type { Payload } from "../model/payload.ts";
import { isNamed } from "./published.ts";
import { isComponent, isRegistration } from "./registered.ts";
import type { Subject } from "./signal.ts";
import { isOrdinary, isPerhapsOfShell } from "./starters.ts";
import { BUILT } from "./windows-folders.ts";

/** The folder of the batch file in which a line stands; it ends in a separator, which many write once more. */
const OF_BATCH = /^%~dp0[\\/]*/i;

/** Kinds that come with a batch file to be installed or carried out by it. */
const COMES_ALONG = new Set(["installerInfo", "executable", "assembly", "project"]);
const PLAIN_SCRIPT = /\.(?:vbs|js|wsf|ps1|cmd|bat)$/i;

/**
 * Whether something lies beside the batch file that names it, under a name that says what it is. Libraries are components that are to be
 * registered, or were built: a single one is what archives of intruders bring along with a batch file.
 */
export function isBesideBatch(payload: Payload, subject: Subject): boolean {
  const { what, value } = payload;
  const within = value.replace(OF_BATCH, "");
  if (within === value || !isOrdinary(subject) || !isPerhapsOfShell(subject)) return false;
  const name = baseName(within);
  if (!isNamed(name)) return false;
  if (what === "library") return isRegistration(payload, subject) && (isComponent(name) || BUILT.test(within));
  return COMES_ALONG.has(what) || (what === "script" && PLAIN_SCRIPT.test(name));
}
