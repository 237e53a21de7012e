import { defineEvent } from "../define.ts";
import { fileTime, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const KERNEL = "Microsoft-Windows-Kernel-Process";
/** Kernel names, such as `\Device\HarddiskVolume3\Windows\x.exe`. */
const image = text("ImageName", "");
const pid = integer("ProcessID");

/** The kernel's own trace, where it was exported: it has no command line. */
const start = defineEvent("processCreation", {
  platform: "windows",
  process: processOf({ pid, start: fileTime("CreateTime"), image }),
  image,
  parent: processOf({ pid: integer("ParentProcessID") }),
});

const stop = defineEvent("processTermination", {
  platform: "windows",
  process: processOf({ pid, start: fileTime("CreateTime"), image }),
});

const load = defineEvent("moduleLoad", { platform: "windows", process: processOf({ pid }), module: image });

export const sources: readonly LogSource[] = [
  winevent("kernel-process/1", KERNEL, [1], start),
  winevent("kernel-process/2", KERNEL, [2], stop),
  winevent("kernel-process/5", KERNEL, [5], load),
];
