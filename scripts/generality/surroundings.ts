import type { Dice } from "../../test/fuzz/random.ts";
import { decoyFor } from "./decoys.ts";
import { simple } from "./wrappers.ts";

/** Puts a line among harmless words of a shell: titles, settings of the environment, notes, working folders, questions. */
type Surround = (line: string, decoy: string, dice: Dice) => string | undefined;

export const WINDOWS_SURROUNDINGS: Readonly<Record<string, Surround>> = {
  title: (line, decoy, dice) => `cmd /c title ${decoy} ${dice.pick(["&", "&&"])} ${line}`,
  setting: (line, decoy, dice) => `cmd /c ${dice.pick(["set", "set /a x=1 & set"])} ZQ_HOME=${decoy}&& ${line}`,
  note: (line, decoy, dice) => `cmd /c ${line} & ${dice.pick(["rem", "echo", "::"])} ${decoy}`,
  question: (line, decoy, dice) =>
    `cmd /c if ${dice.pick(["exist", "not exist"])} ${/^https|^decoy/.test(decoy) ? "C:\\Decoy\\a.exe" : decoy} ${line}`,
  startTitle: (line, decoy, dice) => `cmd /c start "${decoy}" ${dice.pick(["", "/min ", "/wait "])}${line}`,
  startFolder: (line, _, dice) => `cmd /c start "" ${dice.pick(["/d", "/D"])} C:\\Decoy ${line}`,
  folder: (line, _, dice) => `cmd /c ${dice.pick(["cd /d", "pushd"])} C:\\Decoy && ${line}`,
  powershell: (line, decoy, dice) =>
    simple(line)
      ? `powershell -c "${dice.pick(["$t = '@';", "Write-Host '@';", "$host.UI.RawUI.WindowTitle = '@';", "if (Test-Path '@') {}", "# @\n"]).replace("@", decoy)} ${line}"`
      : undefined,
  location: (line, _, dice) =>
    simple(line)
      ? `powershell -c "${dice.pick(["cd", "Set-Location", "pushd", "Push-Location -LiteralPath"])} C:\\Decoy; ${line}"`
      : undefined,
};

export const LINUX_SURROUNDINGS: Readonly<Record<string, Surround>> = {
  setting: (line, decoy, dice) =>
    `${dice.pick(["ZQ_HOME=@ ", "export ZQ_HOME=@; ", "env ZQ_HOME=@ "]).replace("@", decoy)}${line}`,
  note: (line, decoy) => `${line} # ${decoy}`,
  nothing: (line, decoy, dice) => `${dice.pick([":", "echo", "printf %s"])} ${decoy}; ${line}`,
  question: (line, decoy, dice) =>
    `${dice.pick(["[ -e @ ] &&", "test -f @ ||", "if [ -x @ ]; then :; fi;"]).replace("@", decoy)} ${line}`,
  folder: (line, _, dice) => `cd /opt/decoy ${dice.pick([";", "&&", "||"])} ${line}`,
};

export const surround = (write: Surround, line: string, windows: boolean, dice: Dice): string | undefined =>
  write(line, decoyFor(windows, dice), dice);
