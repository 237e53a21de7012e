import { bitsadmin } from "./bitsadmin.ts";
import { call, cmd, start } from "./cmd.ts";
import { cygwin } from "./cygwin.ts";
import { forfiles } from "./forfiles.ts";
import { msdt } from "./msdt.ts";
import { msiexec } from "./msiexec.ts";
import { odbcconf } from "./odbcconf.ts";
import { parallel } from "./parallel.ts";
import { powershell } from "./powershell.ts";
import type { Reader } from "./reader.ts";
import { rundll32 } from "./rundll32.ts";
import { scriptHost } from "./script-host.ts";
import { sequence } from "./sequence.ts";
import { socat } from "./socat.ts";
import { wmic } from "./wmic.ts";

/** Readers by the name that a catalogue entry gives. */
export const READERS: Readonly<Record<string, Reader>> = {
  bitsadmin,
  call,
  cmd,
  cygwin,
  forfiles,
  msdt,
  msiexec,
  odbcconf,
  parallel,
  powershell,
  rundll32,
  scriptHost,
  sequence,
  socat,
  start,
  wmic,
};
