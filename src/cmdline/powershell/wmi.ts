import { readCode } from "../code/code.ts";
import { startLine } from "./acts.ts";
import type { Session } from "./session.ts";
import { shownText, text, UNKNOWN, type Value } from "./values.ts";

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
