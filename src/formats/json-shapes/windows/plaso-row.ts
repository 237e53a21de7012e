import type { JsonObject } from "../../../decode/json/parse.ts";
import type { LogRecord } from "../../../model/record.ts";
import { commandIn } from "../../syslog/message.ts";
import { firstText, has } from "../fields.ts";
import { type At, type Head, type JsonShape, ObjectRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";
import { flatWinevent } from "./winevent-flat.ts";
import { xmlText } from "./xml-text.ts";

/** Columns that tell a row of a timeline: of `l2tcsv`, and of what psort writes unless told otherwise (`dynamic`). */
const L2T = ["MACB", "sourcetype", "desc", "inode"];
const DYNAMIC = ["timestamp_desc", "source_long", "message", "parser"];
/** What stands in a cell without a value. */
const NOTHING = "-";

/**
 * Rows of plaso's timelines as tables: Windows events by their XML or their values, programs that Windows noted as run (prefetch,
 * UserAssist, BAM), commands of sudo, cron and shells. A comma inside a cell of `l2tcsv` is written as a blank.
 * @see https://plaso.readthedocs.io/en/latest/sources/user/Output-format-l2tcsv.html
 */
export const plasoRow: JsonShape = {
  marks: ["MACB", "timestamp_desc"],
  recognise(object, at) {
    const isL2t = L2T.every((name) => has(object, name));
    if (!isL2t && !DYNAMIC.every((name) => has(object, name))) return undefined;
    const told = firstText(object, isL2t ? ["desc"] : ["message"]) ?? "";
    const host = firstText(object, ["host", "hostname"]);
    const user = firstText(object, ["user", "username"]);
    const head = {
      provider: "plaso",
      host: host === NOTHING ? undefined : host,
      time: parseTime(isL2t ? `${firstText(object, ["date"])} ${firstText(object, ["time"])}` : object.datetime),
    };
    const event = eventOf(object, told, head, at);
    if (event) return event;
    const meaning = ranBy(told) ?? typedIn(told) ?? { kind: "message" };
    return new ObjectRecord("mapped", at, head, {
      ...(user !== undefined && user !== NOTHING && { user }),
      ...meaning,
    });
  },
};

const EVENT =
  /^\[(\d{1,5}) \/ 0x[0-9a-f]{1,8}\] (?:.{0,128}? )?Source Name: (.{1,128}?) (?:Message string: |Strings: )/;

/** A Windows event: its XML where the table has it, else its values, in the order of their template. */
function eventOf(object: JsonObject, told: string, head: Head, at: At): LogRecord | undefined {
  const xml = firstText(object, ["extra", "xml_string"]);
  const where = { ...at, host: head.host, time: head.time };
  const whole = xml?.includes("<Event") ? xmlText.recognise({ xml_string: xml }, where) : undefined;
  if (whole) return whole;
  const event = EVENT.exec(told);
  if (!event) return undefined;
  const from = told.indexOf(" Strings: [");
  const strings = from < 0 ? [] : stringsIn(told, from + " Strings: [".length);
  const named = / Computer Name: (\S{1,255})(?: Record Number: (\d{1,20}))?/.exec(told.slice(Math.max(from, 0)));
  const record = {
    event_identifier: event[1],
    source_name: event[2],
    computer_name: named?.[1] ?? head.host,
    record_number: named?.[2],
    strings,
  };
  return flatWinevent.recognise(record, where);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
/** No event has more values. */
const MOST_STRINGS = 256;

/** The texts of a list as Python writes it, from behind its bracket; what stands between them is a comma or was one. */
function stringsIn(text: string, from: number): readonly string[] {
  const found: string[] = [];
  for (let at = from; at < text.length && found.length < MOST_STRINGS; at++) {
    const quote = text[at];
    if (quote === "]") break;
    if (quote !== "'" && quote !== '"') continue;
    let value = "";
    for (at++; at < text.length && text[at] !== quote; at++) {
      if (text[at] !== "\\") value += text[at];
      else {
        at++;
        value += ESCAPES[text[at] ?? ""] ?? text[at] ?? "";
      }
    }
    found.push(value);
  }
  return found;
}

const PREFETCH =
  /^Prefetch \[(.{1,260}?)\] was executed - run count \d{1,10}(?: path(?: hints)?: (.{1,2048}?))?(?: hash: |$)/;
const USER_ASSIST =
  /\\UserAssist\\\{[0-9A-Fa-f-]{36}\}\\Count\] (?:Value name: )?(.{1,1024}?) (?:UserAssist entry: \d{1,10} )?Count: \d/;
const BAM = /^(\\Device\\HarddiskVolume\d{1,3}\\.{1,1024}?) \[S-1-[\d-]{1,180}\]$/;
/** Folders by which UserAssist begins paths (KNOWNFOLDERID). */
const KNOWN: readonly (readonly [id: RegExp, folder: string])[] = [
  [/^(?:\{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7\}|%system%)/i, "C:\\Windows\\System32"],
  [/^\{D65231B0-B2F1-4857-A4CE-A8E7C6EA7D27\}/i, "C:\\Windows\\SysWOW64"],
  [/^\{F38BF404-1D43-42F2-9305-67DE0B28FC23\}/i, "C:\\Windows"],
  [/^\{6D809377-6AF0-444B-8957-A3773F02200E\}/i, "C:\\Program Files"],
  [/^\{7C5A40EF-A0FB-4BFC-874A-C0F2E0B9FA8E\}/i, "C:\\Program Files (x86)"],
];

/** A start of which only the program is known. Prefetch and devices know no drive; that of Windows is C:. */
function ranBy(told: string): JsonObject | undefined {
  const prefetch = PREFETCH.exec(told);
  if (prefetch) {
    const path = prefetch[2]?.split(/ ?\\(?=VOLUME\{)| (?=\\)/, 1)[0];
    return started(path?.startsWith("\\") ? `C:${path}` : prefetch[1]!);
  }
  const device = BAM.exec(told)?.[1];
  if (device !== undefined) return started(device.replace(/^\\Device\\HarddiskVolume\d+/, "C:"));
  const noted = USER_ASSIST.exec(told)?.[1];
  if (noted === undefined || !/\.\w{2,4}$/.test(noted) || /\.lnk$/i.test(noted)) return undefined;
  const known = KNOWN.find(([id]) => id.test(noted));
  return started(known ? noted.replace(known[0], known[1]) : noted);
}

const started = (image: string): JsonObject => ({ kind: "processCreation", platform: "windows", image });

const SYSLOG = /^\[([\w./-]{1,128}?)(?:,? {1,2}pid: (\d{1,10}))?\] (.*)$/s;
const SHELL = /^(?:Command executed|Last executed command): (.*)$/s;

function typedIn(told: string): JsonObject | undefined {
  const typed = SHELL.exec(told)?.[1];
  if (typed !== undefined)
    return { kind: "commandExecution", platform: "linux", dialect: "sh", origin: "history", text: typed };
  const [, program, pid, message] = SYSLOG.exec(told) ?? [];
  if (program === undefined || message === undefined) return undefined;
  return commandIn({ program, pid: pid === undefined ? undefined : Number(pid), message });
}
