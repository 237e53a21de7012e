import { decodeEntities } from "../../decode/xml/entities.ts";
import { TURNED_OFF } from "../../model/event.ts";

/** What a task's XML says that matters here. */
export interface TaskXml {
  /** One text an `Exec` action: the command, quoted where it has a space, and its arguments. */
  readonly commandLines: readonly string[];
  /** Names of the trigger elements, such as `LogonTrigger, TimeTrigger`; `TURNED_OFF` of a disabled task; undefined where there is none. */
  readonly trigger: string | undefined;
  /** Class that a COM handler names; of several the first. */
  readonly handler: string | undefined;
  /** Whether lists of tasks leave it out unless they are asked. */
  readonly hidden: boolean;
}

const MAX_ACTIONS = 32;

/** The text of the first element of this name; undefined where it has none. */
export const taskText = (xml: string, name: string): string | undefined =>
  element(xml, name, 0, xml.length) || undefined;

/** The text of the first element of this name at or after `from` and before `to`. */
function element(xml: string, name: string, from: number, to: number): string | undefined {
  const open = xml.indexOf(`<${name}>`, from);
  if (open < 0 || open >= to) return undefined;
  const start = open + name.length + 2;
  const end = xml.indexOf(`</${name}>`, start);
  return end < 0 || end > to ? undefined : textOf(xml.slice(start, end)).trim();
}

/** The text of an element's content: entities decoded, what stands in CDATA sections as it is, comments left out. */
function textOf(content: string): string {
  if (!content.includes("<!")) return decodeEntities(content);
  const pieces = content.split(/(<!\[CDATA\[.*?\]\]>|<!--.*?-->)/s);
  return pieces
    .map((piece) => {
      if (piece.startsWith("<![CDATA[")) return piece.slice(9, -3);
      return piece.startsWith("<!--") ? "" : decodeEntities(piece);
    })
    .join("");
}

/**
 * Reads the part of a task definition that runs something. The schema (task scheduler 1.0–1.4) gives these elements no
 * attributes and no prefix as Windows writes them, so a scan for the tags is enough, and it takes linear time.
 */
export function readTask(xml: string): TaskXml {
  const commandLines: string[] = [];
  let at = 0;
  while (commandLines.length < MAX_ACTIONS) {
    const open = xml.indexOf("<Exec", at);
    const close = open < 0 ? -1 : xml.indexOf("</Exec>", open);
    if (close < 0) break;
    const command = element(xml, "Command", open, close);
    if (command) commandLines.push(commandLine(command, element(xml, "Arguments", open, close)));
    at = close + 7;
  }
  const isOff = setting(xml, "Enabled") === "false";
  return {
    commandLines,
    trigger: isOff ? TURNED_OFF : triggers(xml),
    handler: handlerOf(xml),
    hidden: setting(xml, "Hidden") === "true",
  };
}

/** A setting of the task itself, in small letters; each trigger has one of the same name. */
function setting(xml: string, name: string): string | undefined {
  const open = xml.indexOf("<Settings>");
  const close = open < 0 ? -1 : xml.indexOf("</Settings>", open);
  return close < 0 ? undefined : element(xml, name, open, close)?.toLowerCase();
}

function handlerOf(xml: string): string | undefined {
  const open = xml.indexOf("<ComHandler");
  const close = open < 0 ? -1 : xml.indexOf("</ComHandler>", open);
  return close < 0 ? undefined : element(xml, "ClassId", open, close) || undefined;
}

function commandLine(command: string, args: string | undefined): string {
  const program = command.includes(" ") && !command.startsWith('"') ? `"${command}"` : command;
  return args ? `${program} ${args}` : program;
}

function triggers(xml: string): string | undefined {
  const open = xml.indexOf("<Triggers>");
  const close = open < 0 ? -1 : xml.indexOf("</Triggers>", open);
  if (close < 0) return undefined;
  const names = new Set<string>();
  for (const match of xml.slice(open, close).matchAll(/<([A-Za-z]{1,40}Trigger)\b/g)) names.add(match[1]!);
  return names.size === 0 ? undefined : [...names].join(", ");
}
