import { oneLine } from "../../languages/escape.ts";
import { damaged } from "../../read.ts";
import { guidOf } from "./rules.ts";
import { type AsrReader, IDS } from "./settings.ts";

/** Where Intune’s custom profiles have the exclusions that hold for all rules. */
export const OMA_EXCLUSIONS = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReductionOnlyExclusions";
/** Settings of Intune’s catalogue. */
const SETTING = "device_vendor_msft_policy_config_defender_attacksurfacereduction";
const ONE_RULE = `${SETTING}rules_`;
const EXCLUSIONS = `${SETTING}onlyexclusions`;
const OWN = "_perruleexclusions";
const MAX_DEPTH = 32;

type Item = Readonly<Record<string, unknown>>;
const isItem = (value: unknown): value is Item => value !== null && typeof value === "object";

/** Get-MpPreference as JSON, values `guid=1|guid=2`, or settings of a catalogue, wherever they stand in what Intune exports. */
export function readJson(text: string, reader: AsrReader): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    damaged({ line: 1 }, `no JSON: ${(error as Error).message}`);
  }
  let isCut = false;
  const visit = (item: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) isCut = true;
    else if (typeof item === "string") reader.stated(item, 1);
    else if (isItem(item)) {
      take(item, reader);
      for (const one of Object.values(item)) visit(one, depth + 1);
    }
  };
  visit(value, 0);
  if (isCut) reader.unknown.push({ what: `what lies deeper than ${MAX_DEPTH} levels`, line: 1 });
  else if (reader.isEmpty) reader.unknown.push({ what: "JSON in which no rule is found", line: 1 });
}

function take(item: Item, reader: AsrReader): void {
  const { omaUri, value } = item;
  if (omaUri === OMA_EXCLUSIONS && typeof value === "string") reader.exclude(value.split("|"));
  const lists = new Map(Object.entries(item).map(([name, one]) => [name.toLowerCase(), one]));
  if (lists.has(IDS)) reader.lists((name) => listOf(lists.get(name)), 1);
  const { settingDefinitionId: id } = item;
  if (typeof id === "string" && id.startsWith(SETTING)) setting(id, item, reader);
}

function setting(id: string, item: Item, reader: AsrReader): void {
  if (id === EXCLUSIONS) reader.exclude(valuesOf(item));
  if (!id.startsWith(ONE_RULE)) return;
  const isOwn = id.endsWith(OWN);
  const name = id.slice(ONE_RULE.length, isOwn ? -OWN.length : undefined);
  const guid = guidOf(name);
  const { choiceSettingValue: choice } = item;
  if (guid === undefined) reader.unknown.push({ what: `the setting ${oneLine(name)}`, line: 1 });
  else if (isOwn) for (const path of valuesOf(item)) reader.excludeFrom(guid, path);
  else if (isItem(choice)) reader.state(guid, String(choice.value).slice(id.length + 1), 1);
}

/** Texts of a collection of simple values. */
function valuesOf({ simpleSettingCollectionValue: all }: Item): readonly string[] {
  const items: readonly unknown[] = Array.isArray(all) ? all : [];
  return items.flatMap((one) => (isItem(one) && typeof one.value === "string" ? [one.value] : []));
}

/** What ConvertTo-Json makes of a list: an array, or the one value that is in it. */
function listOf(value: unknown): readonly (string | number)[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.filter((one) => typeof one === "string" || typeof one === "number");
}
