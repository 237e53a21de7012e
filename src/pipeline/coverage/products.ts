import type { Component, Setting } from "./types.ts";

type SettingOf = (binaries: readonly string[]) => Setting;

/** What a product that already watches these hosts has of a component. */
type Product = Readonly<Partial<Record<Component, SettingOf>>>;

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");

/** A table of Defender's advanced hunting, which is written whether or not anybody exports it. */
const table =
  (name: string, actor: string, more = ""): SettingOf =>
  (binaries) => ({
    name: `Defender for Endpoint, table ${name}`,
    where: "advanced hunting, to be exported; or the table in the streaming API",
    text: `${name}\n| where ${more}${actor} in~ (${quoted(binaries)})`,
  });

const INITIATING = "InitiatingProcessFileName";
const registry = table("DeviceRegistryEvents", INITIATING);
const access = table(
  "DeviceEvents",
  INITIATING,
  'ActionType in ("OpenProcessApiCall", "CreateRemoteThreadApiCall") and ',
);

const DEFENDER: Product = {
  "Process Creation": table("DeviceProcessEvents", "FileName"),
  "Module Load": table("DeviceImageLoadEvents", INITIATING),
  "Network Connection Creation": table("DeviceNetworkEvents", INITIATING),
  "File Creation": table("DeviceFileEvents", INITIATING),
  "Windows Registry Key Creation": registry,
  "Windows Registry Key Modification": registry,
  "Process Access": access,
  "OS API Execution": access,
  "Command Execution": () => ({
    name: "Defender for Endpoint, commands of PowerShell in DeviceEvents",
    where: "advanced hunting, to be exported; or the table in the streaming API",
    text: 'DeviceEvents\n| where ActionType == "PowerShellCommand"',
  }),
};

const tracing = (name: string, about: string, hook: string): SettingOf => {
  const head = `apiVersion: cilium.io/v1alpha1\nkind: TracingPolicy\nmetadata:\n  name: ${name}\nspec:\n  kprobes:\n`;
  const setting = {
    name: `Tetragon tracing policy for ${about}`,
    where: "a file for kubectl apply -f, or tetra tracingpolicy add",
  };
  return () => ({ ...setting, text: head + hook });
};

const TETRAGON: Product = {
  "Network Connection Creation": tracing(
    "connections",
    "connections",
    '  - call: "tcp_connect"\n    syscall: false\n    args:\n    - index: 0\n      type: "sock"',
  ),
  "File Creation": tracing(
    "files-of-applications",
    "files of applications",
    '  - call: "security_file_permission"\n    syscall: false\n    args:\n    - index: 0\n      type: "file"\n    - index: 1\n' +
      '      type: "int"\n    selectors:\n    - matchArgs:\n      - index: 0\n        operator: "Prefix"\n' +
      '        values: ["/opt/", "/usr/lib/"]\n      - index: 1\n        operator: "Equal"\n        values: ["2"]',
  ),
};

const sysmon = (element: string, inner: string): SettingOf => {
  const rule =
    inner === "" ? `  <${element} onmatch="exclude"/>` : `  <${element} onmatch="include">\n${inner}  </${element}>`;
  const text = `<RuleGroup name="" groupRelation="or">\n${rule}\n</RuleGroup>`;
  return () => ({ name: `Sysmon for Linux ${element}`, where: "Sysmon configuration, in EventFiltering", text });
};

const LINUX_SYSMON: Product = {
  "Process Creation": sysmon("ProcessCreate", ""),
  "Network Connection Creation": sysmon("NetworkConnect", ""),
  "File Creation": sysmon(
    "FileCreate",
    ["/opt/", "/usr/lib/"]
      .map((folder) => `    <TargetFilename condition="begin with">${folder}</TargetFilename>\n`)
      .join(""),
  ),
};

/** Products by the source that their records name: a format, or a provider of Sysmon's. */
const PRODUCTS: ReadonlyMap<string, Product> = new Map([
  ["mde", DEFENDER],
  ["tetragon", TETRAGON],
  ["Linux-Sysmon", LINUX_SYSMON],
]);

export const isProduct = (source: string): boolean => PRODUCTS.has(source);

/** What the products that these sources are would show of a component. */
export function productSettings(
  sources: ReadonlySet<string>,
  component: Component,
  binaries: readonly string[],
): readonly Setting[] {
  return [...sources].sort().flatMap((source) => PRODUCTS.get(source)?.[component]?.(binaries) ?? []);
}
