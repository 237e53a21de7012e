import type { LogSource, SourceFactory } from "../source.ts";
import { sources as autostart } from "./autostart.ts";
import { sources as powershell } from "./powershell.ts";
import { sources as security } from "./security.ts";
import { sources as securityObjects } from "./security-objects.ts";
import { sources as sysmon } from "./sysmon.ts";
import { sources as sysmonRegistry } from "./sysmon-registry.ts";
import { sources as tasks } from "./tasks.ts";

/** Every source of the Windows event log. */
export const sources: readonly (LogSource | SourceFactory)[] = [
  ...sysmon,
  ...sysmonRegistry,
  ...security,
  ...securityObjects,
  ...autostart,
  ...powershell,
  ...tasks,
];
