import type { Lnk } from "./lnk.ts";
import { environmentCounts, type LnkTargets, targetsOf } from "./target.ts";

/** As many characters of target and arguments does Explorer show; what stands beyond is run, and not seen. */
const SHOWN = 260;
/** More blanks in a row than anybody types. */
const PADDING = 32;
const MINIMISED = 7;

/** Hardware address ranges of virtual machines (IEEE OUI): VMware, VirtualBox, Hyper-V, Xen, QEMU, Parallels. */
const VIRTUAL = [
  "00:05:69",
  "00:0C:29",
  "00:1C:14",
  "00:50:56",
  "08:00:27",
  "0A:00:27",
  "00:15:5D",
  "00:16:3E",
  "52:54:00",
  "00:1C:42",
];

/**
 * Why a reader should be wary of a link: words, some with a figure after `:`.
 * `size` is that of the whole file.
 */
export function odditiesOf(link: Lnk, size: number): readonly string[] {
  const targets = targetsOf(link);
  return [
    ...argumentOddities(link.strings.arguments ?? ""),
    ...targetOddities(link, targets),
    ...placeOddities(link),
    ...(link.header.showCommand === MINIMISED ? ["minimised"] : []),
    ...(size > link.end ? [`appendedData:${size - link.end}`] : []),
    ...(link.damages.length > 0 ? ["damaged"] : []),
  ];
}

function argumentOddities(args: string): string[] {
  const found: string[] = [];
  const padding = longestPadding(args);
  if (padding >= PADDING) found.push(`paddedArguments:${padding}`);
  if (/[\n\r\t\v\f]/.test(args)) found.push("controlCharactersInArguments");
  if (args.length > SHOWN) found.push(`longArguments:${args.length}`);
  return found;
}

/** Length of the longest run of white space, of any script. */
function longestPadding(text: string): number {
  return (text.match(/\s+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

function targetOddities(link: Lnk, targets: LnkTargets): string[] {
  const found: string[] = [];
  const { idList, linkInfo, environment } = targets;
  if (idList !== undefined && linkInfo !== undefined && differ(idList, linkInfo)) found.push("linkInfoMismatch");
  if (environment !== undefined) {
    if (idList === undefined && linkInfo === undefined) found.push("targetInEnvironmentBlock");
    else if (differ(environment, idList ?? linkInfo!)) found.push("environmentMismatch");
    if (!environmentCounts(link, targets)) found.push("environmentIgnored");
    const { ansi, unicode } = link.extra.environment!;
    if (ansi === "" || unicode === "" || differ(ansi, unicode)) found.push("environmentTextsDiffer");
  }
  if (link.items.some(({ kind, text }) => kind === "controlPanel" && /\.(?:cpl|dll)\b/i.test(text)))
    found.push("controlPanelLibrary");
  return found;
}

/** Whether two paths name different files: folders may be written in ways that cannot be compared here. */
function differ(left: string, right: string): boolean {
  const name = (path: string) => {
    const base = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1).toLowerCase();
    return base === "%comspec%" ? "cmd.exe" : base;
  };
  return name(left) !== name(right);
}

function placeOddities(link: Lnk): string[] {
  const found: string[] = [];
  const icon = link.extra.iconEnvironment?.unicode || link.strings.iconLocation || "";
  if (/^(?:\\\\|https?:)/i.test(icon)) found.push("remoteIcon");
  const { mac } = link.extra.tracker ?? {};
  if (mac !== undefined && VIRTUAL.includes(mac.slice(0, 8))) found.push("madeOnVirtualMachine");
  return found;
}
