import type { Contents } from "../../catalog/types.ts";
import { entryOf } from "../../model/entry.ts";
import { baseName } from "../glob.ts";
import type { Context, State } from "../state.ts";
import { readInline } from "./code.ts";
import type { Found } from "./payload.ts";
import { readPowerShellText } from "./powershell.ts";

/** How a file is read whose extension tells. */
const BY_EXTENSION: Readonly<Record<string, Contents>> = {
  bat: "cmd",
  cmd: "cmd",
  sh: "sh",
  ps1: "powershell",
  js: "code:javascript",
  jse: "code:javascript",
  vbs: "code:vbscript",
  vbe: "code:vbscript",
  hta: "code:vbscript",
  txt: "code:ftp",
};

/** The same of files that programs of Linux find in a folder which they are given. */
const IN_FOLDER: Readonly<Record<string, Contents>> = {
  ...BY_EXTENSION,
  py: "code:python",
  pl: "code:perl",
  pm: "code:perl",
  rb: "code:ruby",
  gemspec: "code:ruby",
  lua: "code:lua",
  php: "code:php",
  go: "code:go",
  cmake: "code:cmake",
  mk: "code:make",
  service: "code:unit",
};

/** Files that bear one name wherever they are used. */
const BY_NAME: Readonly<Record<string, Contents>> = {
  Makefile: "code:make",
  makefile: "code:make",
  GNUmakefile: "code:make",
  "CMakeLists.txt": "code:cmake",
  "package.json": "code:packagejson",
  "composer.json": "code:packagejson",
  Gemfile: "code:ruby",
  Rakefile: "code:ruby",
  Vagrantfile: "code:ruby",
  PKGBUILD: "sh",
  "makepkg.conf": "sh",
};

const extensionOf = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** How a file is read, as its name tells. @param anyName whether more names tell than those of scripts */
export function contentsOf(file: string, anyName = false): Contents | undefined {
  if (!anyName) return entryOf(BY_EXTENSION, extensionOf(file));
  const name = baseName(file);
  return entryOf(BY_NAME, name) ?? entryOf(IN_FOLDER, extensionOf(name));
}

/** What a file's text does when it is carried out. */
export function readContents(
  text: string,
  contents: Contents | undefined,
  state: State,
  context: Context,
): readonly Found[] {
  if (contents === undefined) return [];
  if (contents === "powershell") return readPowerShellText(text, state, context);
  if (contents === "cmd" || contents === "sh")
    return state.resolver.script(text, contents, state, context).map((payload) => ({ role: "runs", payload }));
  return readInline(contents.slice(5), text, state, context);
}
