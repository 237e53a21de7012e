import type { PayloadWhat } from "../../model/payload.ts";

const BY_EXTENSION = new Map<string, PayloadWhat>();

function kind(what: PayloadWhat, extensions: string): void {
  for (const extension of extensions.split(" ")) BY_EXTENSION.set(`.${extension}`, what);
}

kind("library", "dll ocx cpl ax drv so dylib node xll wll");
kind("executable", "exe com scr pif elf run appimage");
kind(
  "script",
  "js jse vbs vbe wsf wsh ps1 psm1 psd1 bat cmd hta py pyc pl rb sh bash lua php awk sed tcl xsl xslt csx fsx r m4 vim gdb fsscript",
);
kind("scriptlet", "sct wsc");
kind("package", "msi msp mst msix msixbundle appx appxbundle appinstaller cab deb rpm whl gem nupkg application");
kind("installerInfo", "inf");
kind("project", "proj csproj vbproj fsproj vcxproj sln targets props xoml ddf cs vb fs il");
kind("config", "xml json yml yaml ini conf config cfg rsp bgi mof manifest");

/** What a file is by its extension, which has its dot and small letters; undefined where that does not say. */
export const kindByExtension = (extension: string): PayloadWhat | undefined => BY_EXTENSION.get(extension);

/** The same, `document` where the extension does not say. */
export const kindOf = (extension: string): PayloadWhat => kindByExtension(extension) ?? "document";
