import type { Subject } from "./signal.ts";

/** What stands in a script of a shell, or is typed into one, lies beside the script or where somebody works. */
const SHELL = /^(?:cmd|powershell|pwsh|bash|sh)(?:\.exe)?$/i;

/** A shell that carries out the line of another one, as `cmd /c` in a batch file and every `for /f` do, stands for that. */
export const isOfShell = ({ parent, outer }: Subject): boolean =>
  parent !== undefined && SHELL.test(parent) && outer.every(({ entry }) => entry?.category === "shell");

/** What somebody starts at a desk: by a click, or in a shell. */
export const isOfDesk = (subject: Subject): boolean =>
  isOfShell(subject) || (subject.outer.length === 0 && subject.parent === "explorer.exe");

/** The same where no log says who started it: the lines of scripts and instructions are carried out by shells. They do not start shells. */
export const isPerhapsOfShell = (subject: Subject): boolean =>
  isOfShell(subject) ||
  (subject.outer.length === 0 && subject.parent === undefined && subject.invocation.entry?.category !== "shell");

/** Likewise at a desk. */
export const isPerhapsOfDesk = (subject: Subject): boolean => isOfDesk(subject) || isPerhapsOfShell(subject);

const SCRIPT_HOST = /^[cw]script\.exe$/;

/** Whether a host of scripts was started by one, itself or its twin: so scripts choose whether they have a console. */
export const isOfOtherHost = ({ parent, outer, invocation }: Subject): boolean =>
  outer.length === 0 &&
  parent !== undefined &&
  SCRIPT_HOST.test(parent) &&
  SCRIPT_HOST.test(invocation.binary.name.toLowerCase());

/** What carries out the steps of a build, which try out and register what the build has made. */
const BUILDS =
  /^(?:msbuild|devenv|nmake|jom|ninja|cmake|(?:mingw32-)?make|scons|dotnet|(?:runner|agent)\.worker|gitlab-runner|buildkite-agent)(?:\.exe)?$/i;

export const isOfBuild = ({ parent, outer }: Subject): boolean =>
  outer.length === 0 && parent !== undefined && BUILDS.test(parent);

/**
 * What rolls out software where somebody administers it: Configuration Manager and its task sequences, Intune, Group Policy, PDQ Deploy,
 * BigFix, Altiris, baramundi, opsi, WAPT, the toolkit for deployments, and package managers. Tools that look after machines from afar are not meant: those come
 * with intruders, too.
 */
const ROLLS_OUT =
  /^(?:ccmexec|ccmsetup|tsmanager|smsswd|microsoft\.management\.services\.intunewindowsagent|agentexecutor|deviceenroller|gpscript|pdqdeployrunner(?:-\d+)?|besclient|aexnsagent|(?:invoke-appdeploytoolkit|deploy-application)|bma(?:exec|launch)|opsi-script|winst32|wapt-get|choco|winget|windowspackagemanagerserver)(?:\.exe)?$/i;

/** Whether software is rolled out by it: in the folder of a package, whose files its own commands name without one. */
export const isRolledOut = ({ parent, outer }: Subject): boolean =>
  outer.length === 0 && parent !== undefined && ROLLS_OUT.test(parent);

/** The services of Windows, of which the scheduler is one, and what it left its tasks to in older versions. */
const SCHEDULES = /^(?:svchost|taskeng|taskhostw)\.exe$/;

/** What the scheduler starts, or a line has it start: it was set up before, and that is told of by itself. */
export const isOfTask = ({ parent, outer }: Subject): boolean =>
  outer.length === 0
    ? SCHEDULES.test(parent ?? "")
    : outer.at(-1)!.behaviours.some(({ behaviour }) => behaviour.category === "persist");

/** Whether a log of services or tasks tells of it, which says how each of them was set up. */
export const isLoggedByKeeper = ({ byEngine, outer, invocation }: Subject): boolean =>
  byEngine === true && outer.length === 0 && invocation.entry?.category !== "shell";

const INSTALLED = /^[a-z]:\\program files(?: \(x86\))?\\/i;

/** What looks after machines from afar, and comes with intruders, too. */
export const LOOKS_AFTER =
  /^(?:screenconnect|connectwise|anydesk|teamviewer|splashtop|srservice|atera|agentpackage|meshagent|ninjarmm|action1|ltsvc|logmein|gotoassist|g2|supremo|dwagent|rustdesk|simple|remote|tactical|level|pulseway|agentmon|kaseya|basupsrvc|fixme|ultraviewer|aeroadmin|radmin|winvnc|tvnserver|vncserver|netsupport|client32)/;

/**
 * Installed programs that start what somebody gives them: archivers, mail and chat, and interpreters. Document programs, browsers and network services are told of by themselves.
 */
const PASSES_ON =
  /^(?:winword|excel|powerpnt|outlook|olk|onenote|msaccess|mspub|visio|eqnedt32|soffice|acrord32|acrobat|foxit|chrome|msedge|firefox|iexplore|opera|brave|vivaldi|w3wp|httpd|nginx|tomcat|sqlservr|php|java|node|mysqld|postgres|7z|winrar|winzip|peazip|bandizip|izarc|expressz|nanazip|thunderbird|emclient|slack|teams|ms-teams|discord|telegram|whatsapp|signal|zoom|skype|viber|python|perl|ruby|wperl|bash|sh|git|powershell|pwsh|mshta|[cw]script|autoit|autohotkey|hh|mmc)/;

/** Whether an installed program starts it of its own accord, as monitoring, backup and updates do, and none that opens what its user was sent. */
export const isOfInstalled = ({ parent, parentImage, outer }: Subject): boolean =>
  parent !== undefined &&
  parentImage !== undefined &&
  INSTALLED.test(parentImage) &&
  !PASSES_ON.test(parent) &&
  !LOOKS_AFTER.test(parent) &&
  outer.every(({ entry }) => entry?.category === "shell");

/** What is done day by day, and is no finding by itself. */
export const isOrdinary = ({ behaviour: { behaviour } }: Subject): boolean =>
  behaviour.usual === "routine" || behaviour.usual === "common";

const INSTALLER =
  /^(?:msiexec|setup.*|install.*|.*setup|.*installer|tiworker|trustedinstaller|dism|ccmexec|ccmsetup|wusa|drvinst|ninite.*|unins\d*|poqexec|update|mrt|is-[a-z0-9]+\.tmp|.*\.tmp)(?:\.exe)?$/;

/** Whether a program, by its name in small letters, is one that installs or removes software. */
export function isInstaller(name: string | undefined): name is string {
  return name !== undefined && INSTALLER.test(name);
}

/** Whether who is called so makes an act more ordinary: what installs, builds, rolls out or keeps a schedule. */
export const isTrustedName = (name: string): boolean =>
  INSTALLER.test(name) || BUILDS.test(name) || ROLLS_OUT.test(name) || SCHEDULES.test(name);

/** Whether such a program starts it, itself or by a shell. */
export const isOfInstaller = ({ parent, outer }: Subject): boolean =>
  isInstaller(parent) && outer.every(({ entry }) => entry?.category === "shell");
