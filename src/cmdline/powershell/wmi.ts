import { readCode } from "../code/code.ts";
import { startLine } from "./acts.ts";
import type { Session } from "./session.ts";
import { memberOf, shownText, text, UNKNOWN, type Value } from "./values.ts";

/** Objects of the management service. */
const MANAGED = /^(?:wmi|management\.management)/;
/** Those that stand for the class that they name; searchers name classes as well, in a query. */
const CLASS = /^(?:wmi|management\.management(?:class|path)$)/;

export const isManaged = (type: string): boolean => MANAGED.test(type);

const WIN32_PROCESS = /win32_process(?!\w)/i;

/** Under this name a class that the code derives from Win32_Process is remembered. */
const derivedKey = (className: string) => `\0derived ${className.toLowerCase()}`;

/** Whether a class starts processes by its method Create: Win32_Process itself, or one derived from it. */
export function startsProcesses(className: string, session: Session): boolean {
  return WIN32_PROCESS.test(className) || session.variables.has(derivedKey(className));
}

function isProcessClass(owner: Value): boolean {
  if (owner.kind !== "object" || !CLASS.test(owner.type)) return false;
  return owner.args.some((arg) => (arg.kind === "object" ? isProcessClass(arg) : WIN32_PROCESS.test(shownText(arg))));
}

/** Consumers of events that run something: a command, or a script of the Windows Script Host. */
const CONSUMER = /(?:^|[:\\/])(?:commandlineeventconsumer|activescripteventconsumer)\b/i;

export const isConsumer = (className: string): boolean => CONSUMER.test(className);

/** Classes in which Windows says what it is and does. */
const OF_WINDOWS = /(?:^|[:\\/])(?:win32_|cim_|msft_|__)/i;

/** What somebody keeps in a class of his own. */
export const contentsOfClass = (name: string): Value =>
  name === "" || OF_WINDOWS.test(name)
    ? UNKNOWN
    : { kind: "contents", from: `WMI class ${name}`, where: "environment" };

/** What a subscription of the management service has started whenever its event comes, by the properties of its consumer. */
export function subscribe(property: (name: string) => Value | undefined, session: Session): void {
  startLine(property("commandlinetemplate") ?? property("executablepath"), session, "wmiConsumer");
  const script = shownText(property("scripttext"));
  if (script === "") return;
  const language = /^j/i.test(shownText(property("scriptingengine"))) ? "javascript" : "vbscript";
  for (const { role, what, value, args = [], commandLine } of readCode(language, script))
    if (role === "runs" && (what === "command" || what === "executable"))
      startLine(text(commandLine ?? [value, ...args].join(" ")), session, "wmiConsumer");
}

/** What a method of an object of the management service does; undefined for methods that are not known to do anything. */
export function managed(owner: Value, name: string, args: readonly Value[], session: Session): Value | undefined {
  if (name === "create" && isProcessClass(owner)) startLine(args[0], session, "wmi");
  else if (name === "derive" && isProcessClass(owner)) session.variables.set(derivedKey(shownText(args[0])), UNKNOWN);
  else if (name === "put" && owner.kind === "object" && owner.args.some((arg) => isConsumer(shownText(arg))))
    subscribe((key) => memberOf(owner, key), session);
  else return undefined;
  return UNKNOWN;
}
