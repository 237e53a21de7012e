import { hiveHead, readHive } from "../../decode/regf/hive.ts";
import { Pieces } from "../../decode/regf/pieces.ts";
import { entryOf } from "../../model/entry.ts";
import type { Format } from "../format.ts";
import { baseName, pathOf } from "./sniffing.ts";
import { ArtefactOutput } from "./text-reader.ts";

/** Windows itself holds hives of more in memory, but seldom. */
const MAX_HIVE = 512 << 20;

/** Where Windows mounts the hives of these files. */
const MOUNTED: Readonly<Record<string, string>> = {
  "ntuser.dat": "HKCU",
  "ntuser.man": "HKCU",
  "usrclass.dat": "HKCU\\Software\\Classes",
  system: "HKLM\\SYSTEM",
  software: "HKLM\\SOFTWARE",
  default: "HKU\\.DEFAULT",
  drivers: "HKLM\\DRIVERS",
};

/** Files of the registry itself: one record a value that is text, as of an export, with the user whose profile it lies in. */
export const registryHive: Format = {
  name: "hive",
  title: "Registry hive (NTUSER.DAT, SYSTEM, SOFTWARE, UsrClass.dat)",
  sniff: (head) => (hiveHead(Buffer.from(head.subarray(0, 64))) ? 1 : 0),
  open(context, sink) {
    const file = new Pieces(MAX_HIVE);
    return {
      push: (block) => file.push(block),
      end() {
        const output = new ArtefactOutput(context, sink, "registry-hive");
        const head = hiveHead(file.at(0, 64));
        if (!head) return output.note("the file does not begin as a hive");
        if (!head.isClean)
          output.note("the hive was in use: what stands in its transaction logs (.LOG1, .LOG2) only is not read");
        const mount = mountOf(context.file);
        const user = userOf(context.file);
        const { damaged, cut, longer } = readHive(file, head.root, ({ key, name, type, text }) => {
          const path = key === "" ? mount : `${mount}\\${key}`;
          output.record({ path: `${path}\\${name}`, key: path, name, type, value: text, user });
        });
        if (damaged > 0)
          output.note(`${damaged} keys or values do not read as such, and what is below them is missing`);
        if (file.size > file.kept || cut) output.note("the hive is larger or deeper than is read", "input/limit");
        if (longer > 0) output.note(`${longer} values longer than 64 KiB were cut`, "input/limit");
      },
    };
  },
};

/** By the name of the file; any other hive under its own name. */
function mountOf(file: string): string {
  const name = baseName(pathOf(file));
  return entryOf(MOUNTED, name) ?? `HKLM\\${name.replace(/[\\/]/g, "")}`;
}

/** `…/Users/kim/NTUSER.DAT`. */
function userOf(file: string): string | undefined {
  return /(?:^|[\\/!])(?:users|documents and settings)[\\/]([^\\/]{1,64})[\\/]/i.exec(file)?.[1];
}
