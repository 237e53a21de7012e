import type { Operation } from "../../model.ts";

/** Rule collections and the acts that each rules on. */
export const COLLECTIONS = [
  ["Exe", "execute"],
  ["Dll", "load"],
  ["Script", "script"],
  ["Msi", "install"],
  ["Appx", "packagedApp"],
] as const satisfies readonly (readonly [string, Operation])[];

export const MODES = [
  ["NotConfigured", "off"],
  ["AuditOnly", "audit"],
  ["Enabled", "enforce"],
] as const;

/** The option that allows what belongs to Windows. */
export const systemAppsOption = (collection: string) => `SystemApps:${collection}`;

/** The option that stands for RuleCollectionExtensions with services: the system account is then ruled on, too. */
export const servicesOption = (collection: string) => `Services:${collection}`;
