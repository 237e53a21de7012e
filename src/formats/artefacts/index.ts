import type { Format } from "../format.ts";
import { crontab } from "./crontab.ts";
import { desktopEntry } from "./desktop-entry.ts";
import { hook } from "./hook.ts";
import { registryExport } from "./registry-export.ts";
import { registryHive } from "./registry-hive.ts";
import { scheduledTask } from "./scheduled-task.ts";
import { shellHistory } from "./shell-history.ts";
import { startupScript } from "./startup-script.ts";
import { sudoers } from "./sudoers.ts";
import { systemdUnit } from "./systemd-unit.ts";
import { urlFile } from "./url-file.ts";

/** Files at rest that start something, by the signature that tells most first. */
export const artefacts: readonly Format[] = [
  registryExport,
  registryHive,
  scheduledTask,
  urlFile,
  desktopEntry,
  systemdUnit,
  crontab,
  sudoers,
  startupScript,
  shellHistory,
  hook,
];
