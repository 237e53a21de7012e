import { DIRECTORY_CLASSES } from "../../cmdline/normal/directories.ts";
import { API_CALLS } from "../../model/event.ts";
import { settingOf } from "./bind.ts";
import type { OpenStep, SettingValue, StepTest } from "./types.ts";

/** Fields of a test that hold words of a closed list: no event would ever meet another word, and nobody would notice. */
const VOCABULARY: Partial<Record<keyof StepTest, readonly string[]>> = {
  place: DIRECTORY_CLASSES,
  trust: ["system", "installed", "stray"],
  api: API_CALLS,
};
const FIELDS = Object.keys(VOCABULARY) as (keyof StepTest)[];

const itemsOf = (value: SettingValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === "object" ? value : [String(value)];

/** A word that is none of its field's. */
interface Stranger {
  readonly message: string;
  /** Where it stands below what was looked through. */
  readonly path: readonly (string | number)[];
}

/** Words of a value that are none of a field's, whatever the case of their letters; names of settings stand for what they hold. */
function strangersOf(field: keyof StepTest, value: SettingValue | undefined): readonly Stranger[] {
  const known = VOCABULARY[field] ?? [];
  const isKnown = (word: string) => known.some((one) => one.toLowerCase() === word.toLowerCase());
  return itemsOf(value).flatMap((word, index) =>
    settingOf(word) !== undefined || isKnown(word)
      ? []
      : [
          {
            message: `${field}: “${word}” is none of ${known.join(", ")}`,
            path: typeof value === "object" ? [index] : [],
          },
        ],
  );
}

/** Words of a test that are none of their fields'. */
export const strangersOfTest = (test: OpenStep["tests"][number]): readonly Stranger[] =>
  FIELDS.flatMap((field) =>
    strangersOf(field, test[field]).map(({ message, path }) => ({ message, path: [field, ...path] })),
  );

/** Words of a setting's value that are none of the fields' in which steps name it. */
export function strangersOfSetting(steps: readonly OpenStep[], name: string, value: SettingValue): readonly Stranger[] {
  const names = (test: OpenStep["tests"][number], field: keyof StepTest) =>
    itemsOf(test[field]).some((word) => settingOf(word) === name);
  const field = FIELDS.find((one) => steps.some(({ tests }) => tests.some((test) => names(test, one))));
  return field ? strangersOf(field, value) : [];
}
