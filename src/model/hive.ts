/** Names of the registry's roots: what people and Sysmon write, what exports write, and what the kernel writes where it has a name. */
export const HIVES: readonly Readonly<{ short: string; long: string; kernel?: string }>[] = [
  { short: "HKLM", long: "HKEY_LOCAL_MACHINE", kernel: "\\REGISTRY\\MACHINE" },
  { short: "HKU", long: "HKEY_USERS", kernel: "\\REGISTRY\\USER" },
  { short: "HKCU", long: "HKEY_CURRENT_USER" },
  { short: "HKCR", long: "HKEY_CLASSES_ROOT" },
  { short: "HKCC", long: "HKEY_CURRENT_CONFIG" },
];
