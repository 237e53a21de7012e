import type { PayloadWhat } from "../../model/payload.ts";

const BY_EXTENSION: Readonly<Record<string, PayloadWhat>> = {
  ps1: "script",
  psm1: "script",
  psd1: "script",
  vbs: "script",
  vbe: "script",
  js: "script",
  jse: "script",
  wsf: "script",
  hta: "script",
  bat: "script",
  cmd: "script",
  sct: "scriptlet",
  dll: "library",
  ocx: "library",
  cpl: "library",
  xll: "library",
  exe: "executable",
  com: "executable",
  scr: "executable",
  msi: "package",
  msix: "package",
  appx: "package",
  inf: "installerInfo",
  lnk: "document",
  xml: "config",
  json: "config",
  csproj: "project",
};

/** What a file is by its extension; an address or file without a telling one is what `otherwise` says. */
export function kindOf(value: string, otherwise: PayloadWhat): PayloadWhat {
  if (/^(?:hk[a-z_]{2,20}:?|registry::[^\\]{1,32})\\/i.test(value)) return "config";
  const extension = /\.([a-z0-9]{1,8})(?:[?#].*)?$/i.exec(value.slice(-64))?.[1]?.toLowerCase() ?? "";
  return BY_EXTENSION[extension] ?? otherwise;
}

export function isUrl(value: string): boolean {
  return /^(?:https?|ftp):[\\/]/i.test(value.trim());
}
