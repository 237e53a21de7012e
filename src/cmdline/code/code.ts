import { kindOfName } from "./kinds.ts";
import { scanAwk } from "./languages/awk.ts";
import { scanBang, scanMysql, scanPsql, scanSqlite } from "./languages/clients.ts";
import { scanC, scanGdb } from "./languages/gdb.ts";
import { scanHta } from "./languages/hta.ts";
import { scanGroovy, scanJavaScript, scanJRunScript } from "./languages/javascript.ts";
import { scanLisp } from "./languages/lisp.ts";
import { scanChef, scanScala, scanWolfram } from "./languages/literal-calls.ts";
import {
  scanBusAddress,
  scanCrontab,
  scanFzf,
  scanLessOpen,
  scanSystemCrontab,
  scanTransform,
  scanUnit,
} from "./languages/little.ts";
import { scanLua } from "./languages/lua.ts";
import { scanM4, scanMake, scanPuppet, scanRpm, scanTex } from "./languages/macros.ts";
import { scanPerl } from "./languages/perl.ts";
import { scanPhp } from "./languages/php.ts";
import { scanPython } from "./languages/python.ts";
import { scanRuby } from "./languages/ruby.ts";
import { scanSed } from "./languages/sed.ts";
import { SETTINGS_SCANNERS } from "./languages/settings.ts";
import { FUNCTIONAL } from "./languages/tables/functional.ts";
import { NUMERIC } from "./languages/tables/numeric.ts";
import { scanTcl } from "./languages/tcl.ts";
import { scanTransfers } from "./languages/transfers.ts";
import { scanVbScript } from "./languages/vbscript.ts";
import { scanVim } from "./languages/vim.ts";
import { type Given, type Scanner, Sink } from "./sink.ts";
import { addressCode } from "./texts.ts";
import type { CodeFinding } from "./types.ts";
import { findUrls } from "./urls.ts";

const SCANNERS: ReadonlyMap<string, Scanner> = new Map<string, Scanner>([
  ["python", scanPython],
  ["perl", scanPerl],
  ["ruby", scanRuby],
  ["php", scanPhp],
  ["lua", scanLua],
  ["javascript", scanJavaScript],
  ["jscript", scanJavaScript],
  ["node", scanJavaScript],
  ["jrunscript", scanJRunScript],
  ["groovy", scanGroovy],
  ["vbscript", scanVbScript],
  ["hta", scanHta],
  ["awk", scanAwk],
  ["sed", scanSed],
  ["vim", scanVim],
  ["ex", scanVim],
  ["gdb", scanGdb],
  ["lldb", scanGdb],
  ["c", scanC],
  ["bpftrace", scanC],
  ["dtrace", scanC],
  ["java", scanJRunScript],
  ["lisp", scanLisp],
  ["emacs", scanLisp],
  ["scheme", scanLisp],
  ["guile", scanLisp],
  ["clisp", scanLisp],
  ["tcl", scanTcl],
  ["expect", scanTcl],
  ["m4", scanM4],
  ["rpm", scanRpm],
  ["make", scanMake],
  ["tex", scanTex],
  ["puppet", scanPuppet],
  ["sqlite", scanSqlite],
  ["mysql", scanMysql],
  ["psql", scanPsql],
  ["bang", scanBang],
  ["ed", scanBang],
  ["ftp", scanTransfers],
  ["lessopen", scanLessOpen],
  ["dbus", scanBusAddress],
  ["crontab", scanCrontab],
  ["systemcrontab", scanSystemCrontab],
  ["unit", scanUnit],
  ["transform", scanTransform],
  ["fzf", scanFzf],
  ["scala", scanScala],
  ["wolfram", scanWolfram],
  ["chef", scanChef],
  ...Object.entries(NUMERIC),
  ...Object.entries(FUNCTIONAL),
  ...Object.entries(SETTINGS_SCANNERS),
]);

/** Names of the languages that are read. */
export const CODE_LANGUAGES: readonly string[] = [...SCANNERS.keys()];

/** Code beyond this many characters is not read. */
const MAX_CODE = 1024 * 1024;

/**
 * What code of a language runs, fetches, reads and writes, as far as its constants tell; addresses in it that nothing else
 * holds are fetched. Nothing is run. Never throws; an unknown language yields its addresses only. Time is linear in the code.
 * @param given what the code is given beside itself
 */
export const readCode = (language: string, code: string, given?: Given): readonly CodeFinding[] =>
  (given ? read(language, code, given) : lastRead(language, code)).findings;

/** Whether code starts programs that it does not name: what it is told by a variable, its input or a connection. */
export const obeys = (language: string, code: string): boolean => lastRead(language, code).obeys;

/** Whether code runs what it does not name, be it code or a program: its input, most often. */
export const runsUnnamed = (language: string, code: string): boolean => lastRead(language, code).unnamed;

/** Code that a code decodes before it runs it; text that says what it is stands for what cannot be read. */
export const hidden = (language: string, code: string): readonly string[] => lastRead(language, code).hidden;

interface Read {
  readonly language: string;
  readonly code: string;
  readonly findings: readonly CodeFinding[];
  readonly obeys: boolean;
  readonly unnamed: boolean;
  readonly hidden: readonly string[];
}

function lastRead(language: string, code: string): Read {
  if (last.language !== language || last.code !== code) last = read(language, code);
  return last;
}

/** One line's code is tested by several behaviours, and read by the one that fits. */
let last: Read = { language: "", code: "", findings: [], obeys: false, unnamed: false, hidden: [] };

function read(language: string, code: string, given?: Given): Read {
  const sink = new Sink(SCANNERS, given);
  const text = code.slice(0, MAX_CODE);
  sink.nested(language.toLowerCase(), text);
  for (const address of addresses(text, sink)) sink.emit(address);
  sink.settle();
  const { obeys, hidden } = sink;
  const unnamed = obeys || sink.unknown;
  return { language, code, findings: distinct(sink.findings), obeys, unnamed, hidden };
}

function distinct(findings: readonly CodeFinding[]): CodeFinding[] {
  if (findings.length < 2) return [...findings];
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

/** Addresses in the code and in what was folded out of it, but for those that a finding holds. */
function addresses(code: string, sink: Sink): CodeFinding[] {
  const found = [...new Set([...findUrls(addressCode(code)), ...findUrls(sink.texts.join("\n"))])];
  if (found.length === 0) return found as [];
  const named = sink.findings.filter(({ what }) => what !== "inlineCode");
  const held = [...new Set(named.flatMap(({ value, args = [] }) => [value, ...args]))].join("\n");
  return found
    .filter((url) => !held.includes(url) && !found.some((other) => other !== url && other.startsWith(url)))
    .map((url) => ({ role: "fetches", what: kindOfName(url), value: url }));
}
