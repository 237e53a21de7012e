import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, firstTime, has } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Meaning, type Properties, productRecord, userAt } from "../properties.ts";

/** Folders by the names that stand before a bar in front of the rest of a path, perhaps behind the number of a kind of drive. */
const FOLDERS: Readonly<Record<string, string>> = {
  WINDOWS: "%SystemRoot%",
  SYSTEM: "%SystemRoot%\\System32",
  SYSTEMX86: "%SystemRoot%\\SysWOW64",
  PROGRAM_FILES: "%ProgramFiles%",
  PROGRAM_FILESX86: "%ProgramFiles(x86)%",
  PROGRAM_FILES_COMMON: "%CommonProgramFiles%",
  PROGRAM_FILES_COMMONX86: "%CommonProgramFiles(x86)%",
};
const PATH = /^(?:\d{1,2}\|)?([A-Z][A-Z0-9_]{1,40})\|\\?(.*)$/s;

const pathAt =
  (name: string) =>
  (event: JsonObject): string | undefined => {
    const written = firstText(event, [name])?.replace(/^\d{1,2}\|(?=[A-Za-z]:)/, "");
    const [, folder, rest] = PATH.exec(written ?? "") ?? [];
    return folder === undefined ? written : `${entryOf(FOLDERS, folder) ?? folder}\\${rest}`;
  };

const BASE: Properties = {
  platform: () => "windows",
  user: userAt(["usrName", "User", "LoggedUser"], ["domain"]),
};
const PARENT: Properties = { ...BASE, "process.image": pathAt("ParentPath") };

const START: Meaning = [
  "processCreation",
  {
    ...BASE,
    image: pathAt("ChildPath"),
    commandLine: ["Params"],
    hashes: hashesAt({ MD5: ["ChildHash"] }),
    "parent.image": pathAt("ParentPath"),
  },
];

const made = (action: string): Meaning => [
  "fileCreation",
  { ...PARENT, path: pathAt("ChildPath"), action: () => action, hashes: hashesAt({ MD5: ["ChildHash"] }) },
];

/** Behind a question mark stands the name of the value; what it holds is a program. */
const KEY: Meaning = [
  "registryKeyModification",
  {
    ...BASE,
    "process.image": pathAt("Path"),
    path: (event) => firstText(event, ["RegKey"])?.replace(/\?(?=[^\\?]*$)/, "\\"),
    value: pathAt("TargetPath"),
  },
];

const THREAD: Meaning = [
  "osApiExecution",
  { ...PARENT, api: () => "createRemoteThread", "target.image": pathAt("ChildPath") },
];

const DONE: Readonly<Record<string, Meaning>> = {
  Exec: START,
  CreatePE: made("create"),
  RenamePE: made("create"),
  ModifyPE: made("modify"),
  DeletePE: made("delete"),
  LoadLib: ["moduleLoad", { ...PARENT, module: pathAt("ChildPath"), hashes: hashesAt({ MD5: ["ChildHash"] }) }],
  CreateExeKey: KEY,
  ModifyExeKey: KEY,
  CreateRemThread: THREAD,
};

/** Events that Panda's SIEM feeder sends as CEF or LEEF (Adaptive Defense 360, WatchGuard EDR): `Op` says what was done. */
export const panda: JsonShape = {
  marks: ["Op", "MUID"],
  recognise(object, at) {
    const done = firstText(object, ["Op"]);
    if (done === undefined || !has(object, "MUID")) return undefined;
    const head = {
      provider: "panda",
      host: firstText(object, ["HostName", "MachineName", "identHostName"]),
      time: firstTime(object, ["devTime", "Date", "LocalDateTime"]),
    };
    return productRecord(at, head, entryOf(DONE, done), object);
  },
};
