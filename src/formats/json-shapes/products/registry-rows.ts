import type { JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has } from "../fields.ts";
import { ObjectRecord } from "../object-record.ts";

/** Whether it is a row of RECmd. An empty cell of a table is no key: the name and the data may be missing, or the type. */
export function isRegistryRow(row: JsonObject): boolean {
  if (!has(row, "HivePath") || !has(row, "KeyPath")) return false;
  return has(row, "ValueType") || (has(row, "ValueName") && has(row, "ValueData"));
}

/** Where a hive of this type lies in the registry. */
const HIVES: Readonly<Record<string, string>> = {
  NTUSER: "HKCU",
  USRCLASS: "HKCU\\Software\\Classes",
  SOFTWARE: "HKLM\\SOFTWARE",
  SYSTEM: "HKLM\\SYSTEM",
};

/** RECmd: a value of a hive, as the reader of hives itself gives it. */
export function registryRow(row: JsonObject, file: string, index: number): ObjectRecord {
  const type = (firstText(row, ["HiveType"]) ?? "").toUpperCase();
  const below = (firstText(row, ["KeyPath"]) ?? "").replace(/^ROOT\\?/i, "");
  const root = entryOf(HIVES, type) ?? "HKLM";
  const key = `${root}\\${below}`;
  const name = firstText(row, ["ValueName"]) ?? "(Default)";
  const fields = { path: `${key}\\${name}`, key, name, type: registryType(row), value: firstText(row, ["ValueData"]) };
  return new ObjectRecord("artefact", { file, index }, { provider: "registry-hive" }, fields);
}

/** `RegSz`, `RegExpandSz` … */
function registryType(row: JsonObject): string {
  const type = (firstText(row, ["ValueType"]) ?? "").toLowerCase().replace(/^reg/, "");
  return type === "expandsz" ? "expand_sz" : type === "multisz" ? "multi_sz" : type;
}
