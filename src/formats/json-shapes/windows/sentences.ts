import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import type { Head } from "../object-record.ts";

/** The English sentence in which a provider renders some of its events, and the names of the fields that stand in it, in their order. */
interface Sentence {
  readonly provider: string;
  readonly ids: readonly number[];
  readonly says: RegExp;
  readonly names: readonly string[];
}

const BITS = "microsoft-windows-bits-client";
const TASKS = "microsoft-windows-taskscheduler";
const APPLOCKER = "microsoft-windows-applocker";

const SENTENCES: readonly Sentence[] = [
  {
    provider: BITS,
    ids: [59, 60, 61],
    says: /^BITS (?:started|stopped transferring) the (.{0,256}?) transfer job that is associated with the (\S{1,4096}) URL\./,
    names: ["name", "url"],
  },
  {
    provider: TASKS,
    ids: [106, 140, 141, 142],
    says: /^User "([^"]{0,256})"\s{1,2}(?:registered|updated|deleted|disabled) Task Scheduler task "([^"]{1,1024})"/,
    names: ["UserContext", "TaskName"],
  },
  {
    provider: TASKS,
    ids: [129],
    says: /^Task Scheduler launch(?:ed)? task "([^"]{1,1024})"\s?, instance "([^"]{1,1024})"\s{1,2}with process ID (\d{1,10})/,
    names: ["TaskName", "Path", "ProcessID"],
  },
  {
    provider: TASKS,
    ids: [200],
    says: /^Task Scheduler launched action "([^"]{1,1024})" in instance "[^"]{0,64}" of task "([^"]{1,1024})"/,
    names: ["ActionName", "TaskName"],
  },
  {
    provider: TASKS,
    ids: [201],
    says: /^Task Scheduler successfully completed task "([^"]{1,1024})"\s?, instance "[^"]{0,64}"\s?, action "([^"]{1,1024})"/,
    names: ["TaskName", "ActionName"],
  },
  {
    provider: "microsoft-windows-codeintegrity",
    ids: [3033, 3076, 3077],
    says: /^Code Integrity determined that a process \(([^)]{1,1024})\) attempted to load (.{1,1024}?) that did not meet the /,
    names: ["Process Name", "File Name"],
  },
  {
    provider: APPLOCKER,
    ids: [8002, 8003, 8004, 8005, 8006, 8007],
    says: /^(\S.{0,1024}?) was (?:allowed to run|prevented from running)/,
    names: ["FilePath"],
  },
];

const DEFENDER = "microsoft-windows-windows defender";

const providerOf = (head: Head) => head.provider?.toLowerCase() ?? "";

function sentenceOf(head: Head): Sentence | undefined {
  const provider = providerOf(head);
  return SENTENCES.find((one) => one.provider === provider && one.ids.includes(head.eventId ?? 0));
}

/** Whether the message of such an event shows fields of it. */
export const isToldInSentence = (head: Head): boolean =>
  providerOf(head) === DEFENDER || sentenceOf(head) !== undefined;

/** The fields that the message of such an event shows; none where it is written otherwise. */
export function sentenceFields(message: string, head: Head): JsonObject {
  if (providerOf(head) === DEFENDER) return defenderFields(message);
  const sentence = sentenceOf(head);
  const told = sentence?.says.exec(message);
  return told ? Object.fromEntries(sentence!.names.map((name, at) => [name, told[at + 1]])) : {};
}

/** Below the first sentence of the antivirus each field stands in a line. */
const FIELD = /^[ \t]{0,8}([A-Z][A-Za-z ]{1,32}): (\S.{0,8191})$/;
/** Labels of the messages that are not what the manifest calls the field. */
const RENAMED: Readonly<Record<string, string>> = { Name: "Threat Name", "Detection time": "Detection Time" };

function defenderFields(message: string): JsonObject {
  const fields: Record<string, string> = {};
  for (const line of message.split("\n", 100)) {
    const [, name, value] = FIELD.exec(line.trimEnd()) ?? [];
    if (name !== undefined) fields[entryOf(RENAMED, name) ?? name] ??= value!;
  }
  return fields;
}
