import { kindOfName } from "../kinds.ts";
import type { Sink } from "../sink.ts";

/** A command with the sign that ends a statement. */
const shell = (value: string, sink: Sink): void => void sink.shell(value.trim().replace(/;$/, ""));

function file(role: "runs" | "reads" | "writes", name: string, sink: Sink): void {
  const value = name.trim().replace(/^(["'])(.*)\1$/s, "$2");
  if (value === "stdout" || value === "off" || value === "stdin" || value === "-") return;
  const piped = /^\|\s*(.+)$/s.exec(value)?.[1];
  if (piped) shell(piped, sink);
  else sink.emit({ role, what: role === "runs" ? "script" : kindOfName(value), value });
}

/** Functions of SQL that reach files, by dialect-free names. */
const FUNCTIONS = (
  [
    ["load_extension", "runs"],
    ["readfile", "reads"],
    ["load_file", "reads"],
    ["pg_read_file", "reads"],
    ["lo_import", "reads"],
    ["writefile", "writes"],
    ["lo_export", "writes"],
  ] as const
).map(([name, role]) => ({
  role,
  isLibrary: role === "runs",
  call: new RegExp(`\\b${name}\\s{0,8}\\(\\s{0,8}(?:\\d+\\s{0,8},\\s{0,8})?(["'])([^"']{1,1024})\\1`, "gi"),
}));

function statements(text: string, sink: Sink): void {
  for (const { role, isLibrary, call } of FUNCTIONS)
    for (const [, , value] of text.matchAll(call))
      sink.emit({ role, what: isLibrary ? "library" : kindOfName(value!), value: value! });
  // What a library of functions adds to the server.
  for (const [, , value] of text.matchAll(/\bsys_(?:exec|eval)\s{0,8}\(\s{0,8}(["'])([^"']{1,1024})\1/gi))
    shell(value!, sink);
  for (const [, , value] of text.matchAll(/\bedit\s{0,8}\([^,()]{1,512},\s{0,8}(["'])([^"']{1,1024})\1/gi))
    shell(value!, sink);
  for (const [, value] of text.matchAll(/\bprogram\s{1,8}'((?:[^']|''){1,4096})'/gi))
    shell(value!.replaceAll("''", "'"), sink);
  for (const [, value] of text.matchAll(/\binto\s{1,8}(?:outfile|dumpfile)\s{1,8}'([^']{1,1024})'/gi))
    file("writes", value!, sink);
  for (const [, value] of text.matchAll(/\binfile\s{1,8}'([^']{1,1024})'/gi)) file("reads", value!, sink);
  for (const [, direction, value] of text.matchAll(
    /\bcopy\b(?:[^;']|'[^']{0,4096}'){1,512}?\b(from|to)\s{1,8}'([^']{1,1024})'/gi,
  )) {
    file(direction!.toLowerCase() === "to" ? "writes" : "reads", value!, sink);
  }
  for (const [, value] of text.matchAll(/^\s{0,8}load\s{1,8}'([^']{1,1024})'/gim))
    sink.emit({ role: "runs", what: "library", value: value! });
}

type Reader = (rest: string, sink: Sink) => void;
const reads: Reader = (rest, sink) => file("reads", rest, sink);
const writes: Reader = (rest, sink) => file("writes", rest, sink);
const runsFile: Reader = (rest, sink) => file("runs", rest, sink);
const library: Reader = (rest, sink) =>
  void sink.emit({ role: "runs", what: "library", value: rest.split(/\s+/)[0] ?? "" });
const first =
  (reader: Reader): Reader =>
  (rest, sink) =>
    reader(/^(["'])(.*?)\1|^\S+/.exec(rest)?.[0] ?? "", sink);

type Commands = readonly (readonly [pattern: RegExp, reader: Reader])[];

const SQLITE: Commands = [
  [/^\.(?:shell|system)\s+/, shell],
  [/^\.load\s+/, library],
  [/^\.read\s+/, runsFile],
  [/^\.(?:output|once|log|backup|save|clone)\s+(?:-\w+\s+)*/, writes],
  [/^\.(?:import|open|restore)\s+(?:-\w+\s+)*/, first(reads)],
];
const MYSQL: Commands = [
  [/^(?:\\!|system\s)\s*/i, shell],
  [/^(?:pager\s|\\P)\s*/i, shell],
  [/^(?:source\s|\\\.)\s*/i, runsFile],
  [/^(?:tee\s|\\T)\s*/i, writes],
];
const PSQL: Commands = [
  [/^\\!\s*/, shell],
  [/^\\(?:i|include|ir)\s+/, runsFile],
  [/^\\(?:o|out|g|gx|w|write|s|qecho)\s+/, writes],
  [/^\\(?:copy)\s+/, (rest, sink) => statements(`copy ${rest}`, sink)],
];

function client(commands: Commands): (text: string, sink: Sink) => void {
  return (text, sink) => {
    const plain: string[] = [];
    // Behind a statement a command of the client begins with a backslash.
    for (const line of text.split(/\n|;(?=\s*\\)/)) {
      const trimmed = line.trim();
      const entry = commands.find(([pattern]) => pattern.test(trimmed));
      if (entry) entry[1](trimmed.replace(entry[0], ""), sink);
      else plain.push(line);
    }
    statements(plain.join("\n"), sink);
  };
}

export const scanSqlite = client(SQLITE);
export const scanMysql = client(MYSQL);
export const scanPsql = client(PSQL);

/** Clients and editors in which `!` hands the rest of the line to a shell: ed, dc, ftp, lftp, bc and their like. */
export function scanBang(text: string, sink: Sink): void {
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    const [, command, rest = ""] = /^[\d,.$%]*\s*(?:([erwW])\s*)?!(.*)$/s.exec(trimmed.slice(0, 65_536)) ?? [];
    const [, edit, name = ""] =
      command === undefined ? (/^[\d,.$%]*\s*([erwW])\s+([^!\s].*)$/s.exec(trimmed.slice(0, 4096)) ?? []) : [];
    const embedded = /(?:^|;)\s*!(.*)$/s.exec(trimmed)?.[1];
    if (rest !== "") shell(rest, sink);
    else if (embedded) shell(embedded, sink);
    else if (edit)
      sink.emit({ role: edit.toLowerCase() === "w" ? "writes" : "reads", what: kindOfName(name), value: name });
  }
}
