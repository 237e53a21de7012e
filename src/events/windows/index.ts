import type { LogSource } from "../source.ts";
import { sources as applicationControl } from "./application-control.ts";
import { sources as applicationExperience } from "./application-experience.ts";
import { sources as autostart } from "./autostart.ts";
import { sources as bits } from "./bits.ts";
import { sources as com } from "./com.ts";
import { sources as dcom } from "./dcom.ts";
import { sources as defender } from "./defender.ts";
import { sources as firewall } from "./firewall.ts";
import { sources as installer } from "./installer.ts";
import { sources as kernelProcess } from "./kernel-process.ts";
import { sources as powershell } from "./powershell.ts";
import { sources as security } from "./security.ts";
import { sources as securityObjects } from "./security-objects.ts";
import { sources as services } from "./services.ts";
import { sources as sysmon } from "./sysmon.ts";
import { sources as sysmonRegistry } from "./sysmon-registry.ts";
import { sources as tasks } from "./tasks.ts";
import { sources as wmi } from "./wmi.ts";

/** Every source of the Windows event log. */
export const sources: readonly LogSource[] = [
  ...applicationControl,
  ...applicationExperience,
  ...bits,
  ...com,
  ...dcom,
  ...defender,
  ...firewall,
  ...installer,
  ...kernelProcess,
  ...powershell,
  ...security,
  ...securityObjects,
  ...services,
  ...sysmon,
  ...sysmonRegistry,
  ...tasks,
  ...wmi,
  // Last: what a registry write means comes after the write itself.
  ...autostart,
];
