import { kindOfName } from "../kinds.ts";
import type { Sink } from "../sink.ts";
import { scanBang } from "./clients.ts";

const SEND = new Set(["put", "send", "mput", "append", "reput"]);
const GET = new Set(["get", "recv", "mget", "reget", "newer"]);

/** A name in quotes, or one without blanks. */
const NAME = /"([^"]{0,4096})"|'([^']{0,4096})'|(\S{1,4096})/g;

/**
 * Commands of clients that move files (ftp, sftp, psftp, lftp): what is put is read, what is got is fetched and written under its second
 * name. Of the many that `mget` and `mput` name none is renamed. An exclamation mark hands the rest of a line to a shell.
 */
export function scanTransfers(text: string, sink: Sink): void {
  scanBang(text, sink);
  for (const line of text.split(/[\n;]/)) {
    const [command = "", ...words] = [...line.slice(0, 65_536).matchAll(NAME)].map(
      ([, double, single, bare]) => double ?? single ?? bare ?? "",
    );
    const verb = command.replace(/^[@-]+/, "").toLowerCase();
    if (!SEND.has(verb) && !GET.has(verb)) continue;
    const names = words.filter((word) => !/^-[a-zA-Z]+$/.test(word));
    const many = verb.startsWith("m");
    for (const value of many ? names : names.slice(0, 1))
      sink.emit({ role: SEND.has(verb) ? "reads" : "fetches", what: kindOfName(value), value });
    const into = GET.has(verb) && !many ? names[1] : undefined;
    if (into !== undefined) sink.emit({ role: "writes", what: kindOfName(into), value: into });
  }
}
