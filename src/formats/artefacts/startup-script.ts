import { textOf } from "../../decode/json/encoding.ts";
import type { RecordSink } from "../../model/record.ts";
import type { Format, FormatReader, ReadContext } from "../format.ts";
import { batchLines } from "./batch.ts";
import { FieldRecord } from "./field-record.ts";
import { type ScriptLanguage, scriptPlace } from "./script-places.ts";
import { firstLines } from "./sniffing.ts";
import { readLines } from "./text-reader.ts";
import { WholeFile } from "./whole-file.ts";

const MAX_SCRIPT = 1 << 20;
/** Scripts between the tags of one file. */
const MAX_TAGGED = 64;

/**
 * Scripts that something starts because of where they lie: a record a line of a batch file, one for each script between tags,
 * and one for a script of any other language. Fields are language and command.
 */
export const startupScript: Format = {
  name: "startup-script",
  title: "Scripts that run by themselves: startup folders, profiles, init, cron, hooks",
  sniff(head, name) {
    const place = scriptPlace(name);
    if (!place) return 0;
    const lines = firstLines(head);
    const first = lines[0] ?? "";
    // A `#!` of another language is for another reader.
    const isShell = /^#! ?\S*sh\b/.test(first) || /^#! ?\S*\benv (?:-\S+ )?\w*sh\b/.test(first);
    if (place.language === "sh" && !isShell && (place.executed || first.startsWith("#!"))) return 0;
    return lines.some((line) => line.trim() !== "") ? 0.75 : 0;
  },
  open(context, sink): FormatReader {
    const language = scriptPlace(context.file)?.language ?? "cmd";
    if (language === "cmd")
      return readLines(context, sink, "startup-script", (output) =>
        batchLines((command) => output.record({ language, command })),
      );
    return new WholeFile(MAX_SCRIPT, (bytes, size) => whole(bytes, size, language, context, sink));
  },
};

interface Script {
  readonly language: string;
  readonly command: string;
}

function whole(bytes: Buffer, size: number, language: ScriptLanguage, { file }: ReadContext, sink: RecordSink): void {
  if (size > bytes.length)
    sink.diagnostic({ code: "input/limit", message: "a script longer than 1 MiB was cut", file, offset: bytes.length });
  const text = textOf(bytes);
  const scripts: readonly Script[] = language === "tagged" ? tagged(text) : [{ language, command: text }];
  const written = scripts.filter(({ command }) => command.trim() !== "");
  for (const [index, script] of written.entries())
    sink.record(new FieldRecord("artefact", file, index, { ...script }, "startup-script"));
}

/** The scripts of an HTML application or a Windows script file, in the language that their tags name. */
function tagged(text: string): readonly Script[] {
  const scripts: Script[] = [];
  const open = /<script\b([^>]{0,512})>/gi;
  const close = /<\/script/gi;
  for (let match = open.exec(text); match && scripts.length < MAX_TAGGED; match = open.exec(text)) {
    close.lastIndex = open.lastIndex;
    const end = close.exec(text)?.index ?? text.length;
    const language = /vbs/i.test(match[1]!) ? "vbscript" : "jscript";
    scripts.push({ language, command: text.slice(open.lastIndex, end).replace(/^\s*<!\[CDATA\[|\]\]>\s*$/g, "") });
    open.lastIndex = end;
  }
  return scripts;
}
