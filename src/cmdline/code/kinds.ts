import type { PayloadWhat } from "../../model/payload.ts";

const BY_EXTENSION: Readonly<Record<string, PayloadWhat>> = {
  exe: "executable",
  com: "executable",
  scr: "executable",
  elf: "executable",
  bin: "executable",
  dll: "library",
  so: "library",
  dylib: "library",
  ocx: "library",
  cpl: "library",
  xll: "library",
  js: "script",
  jse: "script",
  vbs: "script",
  vbe: "script",
  wsf: "script",
  hta: "script",
  ps1: "script",
  bat: "script",
  cmd: "script",
  py: "script",
  pl: "script",
  rb: "script",
  php: "script",
  lua: "script",
  sh: "script",
  r: "script",
  sct: "scriptlet",
  wsc: "scriptlet",
  xsl: "scriptlet",
  msi: "package",
  msix: "package",
  appx: "package",
  inf: "installerInfo",
  ini: "config",
  conf: "config",
  cfg: "config",
  reg: "config",
};

/** What a file or address most likely is, by the ending of its name; a document where the ending says nothing. */
export function kindOfName(name: string): PayloadWhat {
  const path = name.replace(/[?#].*$/s, "").replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*/, "");
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(path.slice(-8))?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension]! : "document";
}
