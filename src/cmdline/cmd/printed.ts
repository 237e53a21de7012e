import { entryOf } from "../../model/entry.ts";
import { LONG, type Variables } from "./variables.ts";

/** Longest command that is looked at, and most lines that its output is taken to have. */
const MAX_COMMAND = 256;
const MAX_LINES = 32;

/** What a command prints, as far as its text tells. */
export interface Printed {
  readonly lines: readonly string[];
  /** Whether it prints what every Windows has: names of programs can be cut out of that, which then stand nowhere in the line. */
  readonly isCommonplace: boolean;
}

/** Where a program lies, which its name tells as well. */
const WHERE = /^where(?:\.exe)?(?:\s+\/r\s+(?:"[^"]*"|[^\s"]+))?\s+"?([\w.*?-]+)"?$/i;
/** What lists programs, libraries or scripts of a folder, one as a rule; options may stand one against another (`/b/s`). */
const LISTED = /^dir\s+((?:\/[\w:-]+\s*){0,6})("[^"|&<>]*"|[^"|&<>\s]*)((?:\s*\/[\w:-]+){0,6})$/i;
const RUNNABLE = /^"?((?:[a-z]:|%\w+%|\\)[^"]*?\.(?:bat|cmd|com|cpl|dll|exe|hta|jse?|msi|ps1|py|scr|vb[es]|wsf))"?$/i;

/** What `dir` prints of the files that it is asked for: with `/b` their names alone, unless `/s` has it go through the folders below. */
function listedBy(text: string): string | undefined {
  const [, before = "", target = "", behind = ""] = LISTED.exec(text) ?? [];
  const path = RUNNABLE.exec(target)?.[1];
  const options = (before + behind).toLowerCase();
  const isName = /\/b(?![\w:-])/.test(options) && !/\/s(?![\w:-])/.test(options);
  return isName ? path?.slice(path.lastIndexOf("\\") + 1) : path;
}
const SET = /^set(?:[\s,;]+([\w()]*))?$/i;
const ASSOC = /^assoc(?:[\s,;]+(\.\w*))?$/i;
const FTYPE = /^ftype(?:[\s,;]+([\w.]*))?$/i;

/** As `set` shows them on every machine, of which the value is known. */
const VARIABLES =
  "ALLUSERSPROFILE CommonProgramFiles CommonProgramFiles(x86) CommonProgramW6432 ComSpec OS PATHEXT ProgramData ProgramFiles ProgramFiles(x86) ProgramW6432 PSModulePath PUBLIC SystemDrive SystemRoot windir".split(
    " ",
  );

/** As `assoc` shows them, of a new Windows 10 and 11. */
const TYPES = [
  ".bat=batfile",
  ".cdxml=Microsoft.PowerShellCmdletDefinitionXML.1",
  ".chm=chm.file",
  ".cmd=cmdfile",
  ".com=comfile",
  ".cpl=cplfile",
  ".dll=dllfile",
  ".exe=exefile",
  ".hta=htafile",
  ".inf=inffile",
  ".js=JSFile",
  ".jse=JSEFile",
  ".lnk=lnkfile",
  ".msc=MSCFile",
  ".msi=Msi.Package",
  ".ps1=Microsoft.PowerShellScript.1",
  ".ps1xml=Microsoft.PowerShellXMLData.1",
  ".psc1=Microsoft.PowerShellConsole.1",
  ".psd1=Microsoft.PowerShellData.1",
  ".psm1=Microsoft.PowerShellModule.1",
  ".pssc=Microsoft.PowerShellSessionConfiguration.1",
  ".reg=regfile",
  ".scr=scrfile",
  ".sct=scriptletfile",
  ".vbe=VBEFile",
  ".vbs=VBSFile",
  ".wsf=WSFFile",
  ".wsh=WSHFile",
];

/** As `ftype` shows them there. */
const OPENED_BY = [
  'batfile="%1" %*',
  'cmdfile="%1" %*',
  'comfile="%1" %*',
  'exefile="%1" %*',
  'htafile=C:\\Windows\\SysWOW64\\mshta.exe "%1" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}%U{1E460BD7-F1C3-4B2E-88BF-4E770A288AF5} %*',
  'JSFile=%SystemRoot%\\System32\\WScript.exe "%1" %*',
  'Microsoft.PowerShellConsole.1="C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" "-p" "%1"',
  'Microsoft.PowerShellScript.1="C:\\Windows\\System32\\notepad.exe" "%1"',
  'Msi.Package="%SystemRoot%\\System32\\msiexec.exe" /i "%1" %*',
  'regfile=regedit.exe "%1"',
  "SHCmdFile=%SystemRoot%\\explorer.exe",
  'VBSFile="%SystemRoot%\\System32\\WScript.exe" "%1" %*',
];

const isOf = (whole: string, begin = ""): boolean => whole.toLowerCase().startsWith(begin.toLowerCase());

/** Lines of what every Windows has that `set`, `assoc` and `ftype` print; undefined of other commands. */
function commonplace(source: string, variables: Variables): readonly string[] | undefined {
  const asked = SET.exec(source);
  if (asked)
    return VARIABLES.filter((name) => isOf(name, asked[1])).flatMap((name) => {
      const value = variables.get(name) ?? entryOf(LONG, name.toLowerCase());
      return value === undefined ? [] : [`${name}=${value}`];
    });
  const type = ASSOC.exec(source);
  if (type) return TYPES.filter((one) => isOf(one, type[1] && `${type[1]}=`));
  const program = FTYPE.exec(source);
  return program ? OPENED_BY.filter((one) => isOf(one, program[1] && `${program[1]}=`)) : undefined;
}

const FILTER = /^(find|findstr)(?:\.exe)?\s+((?:\/\w\s+)*)(?:\/c:)?(?:"([^"]*)"|(\S+))((?:\s+\/\w)*)$/i;

/** Whether a line passes `find` or `findstr`: of the words that the second is given each one alone will do. */
function filterOf(text: string): ((line: string) => boolean) | undefined {
  const [, name = "", before = "", quoted, bare, behind = ""] = FILTER.exec(text) ?? [];
  if (name === "") return undefined;
  const isLoose = /\/i/i.test(before + behind);
  const fold = (part: string) => (isLoose ? part.toLowerCase() : part);
  const wanted = fold(quoted ?? bare ?? "");
  const words = name.length > 4 && !/\/c:/i.test(text) ? wanted.split(" ").filter(Boolean) : [wanted];
  if (words.some((word) => /[*[\]^$.\\]/.test(word))) return undefined;
  return (line) => words.some((word) => fold(line).includes(word)) !== /\/v/i.test(before + behind);
}

/**
 * What a command prints whose output `for /f` reads: of `echo` its text, of `where` and `dir` the program that they are asked for, of `set`,
 * `assoc` and `ftype` what every Windows has, with `find` and `findstr` behind them. Undefined where the text does not tell.
 * @param command as the cmd reads it that carries it out
 */
export function printedBy(command: string, variables: Variables): Printed | undefined {
  const text = /^[\s@,;=(]*(.*?)[\s,;)]*$/s.exec(command)?.[1] ?? "";
  const echoed = /^echo[ \t.:(]([^|&<>%!]*)$/i.exec(text)?.[1];
  if (echoed !== undefined) return { lines: [echoed], isCommonplace: false };
  if (text.length > MAX_COMMAND) return undefined;
  const named = WHERE.exec(text)?.[1] ?? listedBy(text);
  if (named !== undefined) return { lines: [named], isCommonplace: false };
  const [source = "", ...filters] = text.split("|").map((part) => part.replace(/^[\s@,;=]+|[\s,;]+$/g, ""));
  let lines = commonplace(source, variables);
  for (const filter of filters) {
    const passes = filterOf(filter.replace(/[\s,;=]+/g, " "));
    lines = passes && lines?.filter(passes);
  }
  return lines && lines.length > 0 ? { lines: lines.slice(0, MAX_LINES), isCommonplace: true } : undefined;
}
