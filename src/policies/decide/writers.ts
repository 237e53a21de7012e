import type { FileFacts } from "./act.ts";
import { isInstalled, isWhole, plainPath } from "./paths.ts";

/**
 * Folders of Windows into which users may write.
 * @see https://github.com/api0cradle/UltimateAppLockerByPassList/blob/master/Generic-AppLockerbypasses.md
 * @see https://github.com/microsoft/AaronLocker
 */
export const WRITABLE: readonly string[] = [
  "Temp",
  "Tasks",
  "Tracing",
  "Debug\\WIA",
  "Registration\\CRMLog",
  ...["System32", "SysWOW64"].flatMap((folder) =>
    ["Tasks", "FxsTmp", "com\\dmp", "Microsoft\\Crypto\\RSA\\MachineKeys"].map((part) => `${folder}\\${part}`),
  ),
  "System32\\spool\\drivers\\color",
  "System32\\spool\\PRINTERS",
  "System32\\spool\\SERVERS",
];
const OPEN = WRITABLE.map((folder) => `c:\\windows\\${folder.toLowerCase()}\\`);

/** Whether nobody but administrators may write where a file lies, as Windows has it when it is installed. */
export function adminsWrite({ path }: FileFacts): boolean | string {
  if (path === undefined) return "the path is not logged";
  const plain = plainPath(path);
  if (!isWhole(plain)) return "the folder is not logged";
  if (plain.startsWith("c:\\users\\") || OPEN.some((folder) => plain.startsWith(folder))) return false;
  return isInstalled(plain) || "whether only administrators can write there is not logged";
}
