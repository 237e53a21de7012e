import type { Dice } from "../../test/fuzz/random.ts";

/** Hands a Windows line to a shell or a launcher, in the forms in which such lines are hidden; undefined where one takes no such line. */
export type WindowsWrap = (line: string, dice: Dice) => string | undefined;

/** Text that PowerShell and cmd pass on as it is; `curl`, `sc` and `write` are cmdlets' other names in PowerShell. */
export const simple = (line: string) => /^[\w.:\\/ =+-]+$/.test(line) && !/^(?:curl|sc|write) /i.test(line);
const unquoted = (line: string) => !line.includes('"') && !line.includes("%");
const base64 = (text: string) => Buffer.from(text, "utf16le").toString("base64");
const carets = (text: string, dice: Dice) => text.replace(/[a-z0-9]/gi, (c) => (dice.below(4) === 0 ? `^${c}` : c));
const cutProgram = (line: string) => /^(\S+)(.*)$/s.exec(line)?.slice(1) as [string, string] | undefined;

/** Letters that can be cut out of variables that every Windows has. */
const LETTERS: Readonly<Record<string, string>> = {
  c: "%ComSpec:~0,1%",
  i: "%ComSpec:~4,1%",
  m: "%ComSpec:~-6,1%",
  e: "%ComSpec:~-1%",
  s: "%SystemRoot:~-1%",
  w: "%SystemRoot:~3,1%",
};

export const WINDOWS_WRAPPERS: Readonly<Record<string, WindowsWrap>> = {
  cmd: (line, dice) =>
    unquoted(line)
      ? `${dice.pick(["cmd /c", "cmd.exe /C", "%ComSpec% /c", "cmd /q /d /c", "CMD/c"])} ${line}`
      : undefined,
  cmdQuoted: (line, dice) => `cmd.exe ${dice.pick(["/c", "/s /c", "/v:off/c"])} "${line}"`,
  carets: (line, dice) => (unquoted(line) ? `cmd /c ${carets(line, dice)}` : undefined),
  substrings: (line) =>
    simple(line)
      ? `cmd /c ${line.replace(/^[^ cimesw]*[cimesw]/, (head) => head.slice(0, -1) + (LETTERS[head.at(-1) ?? ""] ?? ""))}`
      : undefined,
  assembled: (line, dice) => {
    const [program, rest] = cutProgram(line) ?? [];
    if (!simple(line) || program === undefined || program.length < 3) return undefined;
    const at = 1 + dice.below(program.length - 1);
    return `cmd /c "set a=${program.slice(0, at)}&& set b=${program.slice(at)}&& call %a%%b%${rest}"`;
  },
  delayed: (line) => (simple(line) ? `cmd /v:on /c "set x=${line}&& !x!"` : undefined),
  replaced: (line) => (simple(line) && !line.includes("@") ? `cmd /c "set x=@@${line}&& call %x:@=%"` : undefined),
  loop: (line) => {
    const [program, rest] = cutProgram(line) ?? [];
    return simple(line) ? `cmd /c for %i in (${program}) do %i${rest}` : undefined;
  },
  start: (line, dice) =>
    unquoted(line) ? `cmd /c start ${dice.pick(['"" ', "/b ", '"title" /min ', "/wait "])}${line}` : undefined,
  chained: (line, dice) => {
    if (!unquoted(line)) return undefined;
    const before = dice.pick(["echo a & ", "cd \\ && ", "ping -n 1 127.0.0.1 > nul & ", "(", "if 1==1 "]);
    if (before !== "(") return `cmd /c ${before}${line}`;
    // Within parentheses the first that closes ends them.
    return line.includes(")") ? undefined : `cmd /c (${line})`;
  },
  powershell: (line, dice) =>
    simple(line)
      ? `powershell ${dice.pick(["-c", "-NoP -NonI -W Hidden -Command", "-nop -exec bypass -co", "/c"])} "${line}"`
      : undefined,
  encoded: (line, dice) =>
    simple(line)
      ? `powershell ${dice.pick(["-enc", "-EncodedCommand", "-e", "-eNcO", "/ec", "-NoProfile -ENC"])} ${base64(line)}`
      : undefined,
  backTicks: (line, dice) => {
    const [program = "", rest = ""] = cutProgram(line) ?? [];
    // A back-tick in front of these letters is an escape.
    const at = [...program].flatMap((c, i) => (i > 0 && /[c-dg-mo-qsw-z]/i.test(c) ? [i] : []));
    if (!simple(line) || at.length === 0) return undefined;
    const i = dice.pick(at);
    return `powershell -c "${program.slice(0, i)}\`${program.slice(i)}${rest}"`;
  },
  joined: (line, dice) => {
    const [program = "", rest = ""] = cutProgram(line) ?? [];
    if (!simple(line) || program.length < 3) return undefined;
    const [a, b] = [program.slice(0, 2), program.slice(2)];
    return `powershell -c "${dice.pick([`& ('${a}'+'${b}')`, `& ('{1}{0}' -f '${b}','${a}')`, `$x='${a}'; & ($x+'${b}')`, `& (-join('${a}','${b}'))`, `&('${a}zz${b}'.Replace('zz',''))`])}${rest}"`;
  },
  invoked: (line, dice) =>
    simple(line) ? `powershell -c "${dice.pick(["iex", "Invoke-Expression", "& iex"])} '${line}'"` : undefined,
  startProcess: (line) => {
    const [program = "", rest = ""] = cutProgram(line) ?? [];
    return simple(line) && rest !== ""
      ? `powershell -c "Start-Process ${program} -ArgumentList '${rest.trim()}' -WindowStyle Hidden"`
      : undefined;
  },
  wmic: (line, dice) =>
    unquoted(line)
      ? `wmic ${dice.pick(["", "/node:localhost ", "/NODE:srv2 "])}process call create "${line}"`
      : undefined,
  task: (line) => (unquoted(line) ? `schtasks /create /tn upd /sc once /st 10:00 /f /tr "${line}"` : undefined),
  forfiles: (line) =>
    unquoted(line) && !/0x/i.test(line) ? `forfiles /p C:\\Windows\\System32 /m notepad.exe /c "${line}"` : undefined,
  conhost: (line, dice) => (unquoted(line) ? `conhost.exe ${dice.pick(["", "--headless "])}${line}` : undefined),
};
