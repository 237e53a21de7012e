import { headText, textOf } from "../../decode/json/encoding.ts";
import type { Format } from "../format.ts";
import { ArtefactOutput } from "./text-reader.ts";
import { WholeFile } from "./whole-file.ts";

/** One definition is some kilobytes; an export of all tasks of a machine stays below some megabytes. */
const MAX_KEPT = 32 << 20;
const NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task";

/** Definitions of scheduled tasks (System32\Tasks, `schtasks /query /xml`): one record a task, its text in the field `xml`. */
export const scheduledTask: Format = {
  name: "task",
  title: "Windows scheduled task (XML)",
  sniff(head) {
    const text = headText(head.subarray(0, 8192));
    // Event logs quote whole definitions.
    if (!/^\s{0,64}</.test(text) || /<Events?[\s>]/.test(text)) return 0;
    return /<Task[\s>]/.test(text) && text.includes(NAMESPACE) ? 0.95 : 0;
  },
  open: (context, sink) =>
    new WholeFile(MAX_KEPT, (bytes, size) => {
      const output = new ArtefactOutput(context, sink, "scheduled-task");
      if (size > bytes.length) output.note(`a task definition of ${size} bytes was cut at ${MAX_KEPT}`, "input/limit");
      const xml = textOf(bytes);
      for (const task of tasksOf(xml)) {
        if (!task.endsWith(END)) output.note("the task definition has no end");
        output.record({ xml: task });
      }
    }),
};

const END = "</Task>";

/** The texts of the `Task` elements; the last one may lack its end. */
function* tasksOf(xml: string): Generator<string> {
  const start = /<Task[\s>]/g;
  for (let match = start.exec(xml); match; match = start.exec(xml)) {
    const end = xml.indexOf(END, match.index);
    yield xml.slice(match.index, end < 0 ? xml.length : end + END.length);
    if (end < 0) return;
    start.lastIndex = end;
  }
}
