import { headText } from "../../decode/json/encoding.ts";
import type { RecordSink } from "../../model/record.ts";
import type { Format, FormatReader, ReadContext } from "../format.ts";
import { FieldRecord } from "./field-record.ts";
import { firstLines, pathOf } from "./sniffing.ts";
import { type LineParser, readLines } from "./text-reader.ts";
import { WholeFile } from "./whole-file.ts";

/** Scripts that Windows starts at logon because of the folder that they lie in. */
const STARTUP = /(?:^|[/!])start menu[/!]programs[/!]startup[/!][^/!]+\.(bat|cmd|vbs|js|ps1)$/;
/** Scripts that Linux starts at boot, or cron because of the folder that they lie in. */
const LINUX = /(?:^|[/!])etc[/!](?:rc\.local|cron\.(?:hourly|daily|weekly|monthly)[/!][^/!.]+)$/;
const LANGUAGES: Readonly<Record<string, string>> = {
  bat: "cmd",
  cmd: "cmd",
  vbs: "vbscript",
  js: "jscript",
  ps1: "powershell",
};
const MAX_SCRIPT = 1 << 20;
/** Lines of a batch file that run nothing: comments, labels, and what only sets how it is shown. */
const SILENT = /^(?:rem\b|::|:[^:]|echo(?: off| on)?$|setlocal\b|endlocal\b|exit\b|goto\b|$)/i;

/** Scripts in startup folders: a record a line of a batch file, and one for a script of any other language. */
export const startupScript: Format = {
  name: "startup-script",
  title: "Scripts in startup folders, rc.local and cron's folders",
  sniff(head, name) {
    const language = languageOf(name);
    const lines = language === undefined ? [] : firstLines(head);
    if (language === "sh" && !/^#! ?\S*sh\b/.test(lines[0] ?? "")) return 0;
    return lines.some((line) => line.trim() !== "") ? 0.75 : 0;
  },
  open(context, sink): FormatReader {
    const language = languageOf(context.file) ?? "cmd";
    if (language === "cmd")
      return readLines(context, sink, "startup-script", (output) =>
        batch((command) => output.record({ language, command })),
      );
    return new WholeFile(MAX_SCRIPT, (bytes, size) => whole(bytes, size, language, context, sink));
  },
};

function languageOf(name: string): string | undefined {
  const path = pathOf(name);
  const extension = STARTUP.exec(path)?.[1];
  return extension === undefined ? (LINUX.test(path) ? "sh" : undefined) : LANGUAGES[extension];
}

/** A caret at the end of a line joins the next to it. */
function batch(take: (command: string) => void): LineParser {
  let pending = "";
  const flush = (line: string) => {
    const command = line.trim().replace(/^@/, "").trim();
    if (!SILENT.test(command)) take(command);
    pending = "";
  };
  return {
    line(text) {
      if (text.endsWith("^") && pending.length < MAX_SCRIPT) pending += text.slice(0, -1);
      else flush(pending + text);
    },
    end: () => flush(pending),
  };
}

function whole(bytes: Buffer, size: number, language: string, { file }: ReadContext, sink: RecordSink): void {
  if (size > bytes.length)
    sink.diagnostic({ code: "input/limit", message: "a script longer than 1 MiB was cut", file, offset: bytes.length });
  const command = headText(bytes);
  if (command.trim() !== "") sink.record(new FieldRecord("artefact", file, 0, { language, command }, "startup-script"));
}
