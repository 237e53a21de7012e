import type { LogSource } from "../source.ts";
import { crontab } from "./crontab.ts";
import { desktopEntry } from "./desktop-entry.ts";
import { hook } from "./hook.ts";
import { registryExport } from "./registry-export.ts";
import { registryHive } from "./registry-hive.ts";
import { scheduledTask } from "./scheduled-task.ts";
import { shellHistory } from "./shell-history.ts";
import { shortcut } from "./shortcut.ts";
import { startupScript } from "./startup-script.ts";
import { sudoers } from "./sudoers.ts";
import { systemdUnit } from "./systemd-unit.ts";
import { transcript } from "./transcript.ts";
import { urlFile } from "./url-file.ts";

/** Artefacts at rest. */
export const sources: readonly LogSource[] = [
  shortcut,
  urlFile,
  scheduledTask,
  registryExport,
  registryHive,
  desktopEntry,
  systemdUnit,
  crontab,
  sudoers,
  startupScript,
  shellHistory,
  transcript,
  hook,
];
