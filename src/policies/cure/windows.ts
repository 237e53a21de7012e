import type { CatalogEntry } from "../../catalog/types.ts";
import { isWebDav } from "../../cmdline/normal/remote.ts";
import { baseName } from "../../invocations/glob.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import { loadsAssembly, startsChild } from "../behaviours.ts";
import type { FileFacts } from "../decide/act.ts";
import { isWhole } from "../decide/paths.ts";
import { asrRule } from "../targets/asr/rules.ts";
import { mitigationRule } from "../targets/exploitprotection/mitigations.ts";
import { accountForms } from "./accounts.ts";
import { type CureSubject, type Form, folderOf, isSystems, placeOf, rule, SOMEBODY } from "./forms.ts";

const OFFICE = /\\(?:winword|excel|powerpnt|outlook|onenote|msaccess|mspub|visio)\.exe$/i;
/** Office applications start no processes. */
const OFFICE_CHILDREN = "d4f940ab-401b-4efc-aadc-ad5f3c50688a";
/** Types that open in a text editor as well. */
const SHOWN = /\.(?:hta|jse?|vb[se]|ws[fhc]|sct|chm|xsl)$/i;
/** What of the system acts on the program’s behalf. */
function libraryOf(entry: CatalogEntry, behaviour: string | undefined): string | undefined {
  const found = entry.behaviours.find(({ id }) => id === behaviour);
  return found?.library ?? (behaviour === "windows/regsvr32/scriptlet" ? "scrobj.dll" : undefined);
}

/** Where administrators alone put libraries. */
const INSTALLED = [{ path: "%WINDIR%\\*" }, { path: "%PROGRAMFILES%\\*" }];

interface Kind {
  readonly on: "load" | "script" | "install" | "execute";
  readonly words: string;
}

function kindOf({ what }: Payload, isLoaded: boolean): Kind | undefined {
  if (what === "library" || what === "assembly" || isLoaded)
    return { on: "load", words: "DLL rule that denies libraries" };
  if (what === "script" || what === "scriptlet") return { on: "script", words: "script rule that denies scripts" };
  if (what === "package") return { on: "install", words: "Windows Installer rule that denies packages" };
  return what === "executable" || what === "command"
    ? { on: "execute", words: "executable rule that denies programs" }
    : undefined;
}

function* payloadForms(
  entry: CatalogEntry,
  file: FileFacts,
  payload: Payload,
  user: string,
  isLoaded: boolean,
): Generator<Form> {
  const path = resolvedOf(payload);
  const kind = kindOf(payload, isLoaded);
  const folder = isWhole(path) && !isSystems(path) ? folderOf(path) : undefined;
  if (kind && folder !== undefined && (payload.where === "local" || payload.where === "share")) {
    const act = {
      on: kind.on,
      subject: file,
      object: { path, originalName: kind.on === "load" ? undefined : "" },
      user,
      elevated: false,
      platform: "windows",
    } as const;
    const object = [{ path: `${folder}*` }];
    yield {
      target: "applocker",
      act,
      rule: rule("M1038", kind.on, { object, scope: ["S-1-1-0"] }),
      text: `${kind.words} in ${folder}`,
    };
    if (kind.on === "load")
      yield {
        target: "appcontrol",
        act,
        rule: rule("M1050", "load", { subject: [{ originalName: file.originalName ?? entry.name }], object }),
        text: `AppID pair that denies libraries in ${folder} inside ${entry.name} alone`,
      };
  }
  if (kind?.on === "load" && payload.where === "local" && baseName(path) === path)
    yield {
      target: "applocker",
      act: {
        on: "load",
        subject: file,
        object: { path: /\.\w+$/.test(path) ? path : `${path}.dll` },
        user,
        elevated: false,
      },
      rule: {
        ...rule("M1038", "load", {
          object: INSTALLED,
          scope: ["S-1-1-0"],
          description: "Windows and the program folders",
        }),
        action: "allow",
      },
      text: "DLL rules that allow libraries of Windows and the program folders only",
    };
  if (payload.where === "share") yield* shareForms(entry, file, payload, path);
  if (SHOWN.test(path) && payload.where !== "web") {
    const extension = /\.\w+$/.exec(path)?.[0].toLowerCase() ?? "";
    yield {
      target: "associations",
      act: { on: "open", subject: {}, object: { path }, platform: "windows" },
      rule: rule("M1021", "open", { object: [{ extension }] }),
      text: `open ${extension} in a text editor, where a person opened the file`,
    };
  }
}

function* shareForms(entry: CatalogEntry, file: FileFacts, payload: Payload, path: string): Generator<Form> {
  const isLibrary = payload.what === "library";
  const remote = isLibrary ? mitigationRule(entry.name, "BlockRemoteImageLoads", "enforce") : undefined;
  if (remote)
    yield {
      target: "exploitprotection",
      act: { on: "load", subject: file, object: { path }, platform: "windows" },
      rule: remote,
      text: `let ${entry.name} load nothing from other machines (BlockRemoteImageLoads)`,
    };
  const host = /^\\\\([^\\@]+)/.exec(path)?.[1] ?? "";
  const isDav = isWebDav(path);
  const peer = {
    host,
    ...(/^\d+(?:\.\d+){3}$/.test(host) && { address: host }),
    port: isDav ? 80 : 445,
    protocol: "tcp",
    inbound: false,
  };
  const act = { on: "connect", subject: file, object: { path }, peer, platform: "windows" } as const;
  yield {
    target: "suricata",
    act,
    rule: rule("M1037", "connect", {
      peer: { inbound: false, protocol: isDav ? "webdav" : "smb", addresses: ["Internet"] },
    }),
    text: `let no ${isDav ? "WebDAV" : "SMB"} out to the internet`,
  };
}

/** A program that a package carried, under the name that the installer’s service gave it. */
export function* packageForms({ binary: { path = "" }, user = SOMEBODY }: CureSubject): Generator<Form> {
  if (!/^c:\\windows\\installer\\[^\\]*\.tmp$/i.test(path)) return;
  yield {
    target: "applocker",
    act: { on: "execute", subject: {}, object: { path, originalName: "" }, user, platform: "windows" },
    rule: rule("M1038", "execute", { object: [{ path: "%WINDIR%\\Installer\\*.tmp" }], scope: ["S-1-1-0"] }),
    text: "executable rule that denies the programs that packages carry for one use",
  };
}

/** What products of Windows have against an act of a program of Windows, the narrowest first. */
export function* windowsForms(subject: CureSubject, entry: CatalogEntry): Generator<Form> {
  const original = entry.originalNames[0] ?? entry.name;
  const path = placeOf(subject.binary, entry);
  const file: FileFacts = { path, originalName: subject.binary.originalName ?? original };
  const library = libraryOf(entry, subject.behaviour);
  if (library !== undefined)
    yield {
      target: "appcontrol",
      act: {
        on: "load",
        subject: file,
        object: { path: `C:\\Windows\\System32\\${library}`, originalName: library },
        platform: "windows",
      },
      rule: rule("M1050", "load", { subject: [{ originalName: original }], object: [{ originalName: library }] }),
      text: `AppID pair that keeps ${library} out of ${entry.name}`,
    };
  const behaviour = entry.behaviours.find(({ id }) => id === subject.behaviour);
  const isLoaded = behaviour !== undefined && loadsAssembly(behaviour);
  for (const payload of subject.runs) yield* payloadForms(entry, file, payload, subject.user ?? SOMEBODY, isLoaded);
  const child = subject.runs.find(({ what }) => what === "command" || what === "executable" || what === "inlineCode");
  const children = mitigationRule(entry.name, "DisallowChildProcessCreation", "enforce");
  if (child && children && startsChild(entry.name, behaviour)) {
    const name = child.what === "inlineCode" ? "C:\\Windows\\System32\\cmd.exe" : resolvedOf(child);
    yield {
      target: "exploitprotection",
      act: {
        on: "execute",
        subject: file,
        object: { path: isWhole(name) ? name : `C:\\Windows\\System32\\${baseName(name)}` },
        platform: "windows",
      },
      rule: children,
      text: `let ${entry.name} start no child processes (DisallowChildProcessCreation)`,
    };
  }
  if (subject.parent !== undefined && OFFICE.test(subject.parent)) {
    const office = asrRule(OFFICE_CHILDREN, "enforce");
    if (office)
      yield {
        target: "asr",
        act: { on: "execute", subject: { path: subject.parent }, object: file, platform: "windows" },
        rule: { ...office, measure: "M1050" },
        text: "block Office applications from creating child processes",
      };
  }
  const isRoutine = entry.behaviours.some(({ usual }) => usual === "routine");
  if (entry.needed !== "system" && !isRoutine && entry.signer !== undefined)
    yield {
      target: "appcontrol",
      act: { on: "execute", subject: {}, object: file, platform: "windows" },
      rule: rule("M1042", "execute", { object: [{ originalName: original }] }),
      text: `deny ${original} by its original file name, which a renamed copy keeps`,
    };
  yield* accountForms(subject, entry, file);
}
