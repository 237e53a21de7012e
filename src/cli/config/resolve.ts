import { WhatranError } from "../../errors.ts";
import { didYouMean } from "../../model/nearest.ts";
import type { Io } from "../io.ts";
import { projectFile, readConfig, userFile } from "./files.ts";
import { SETTINGS, type Section, type Settings } from "./settings.ts";

/** One source of settings, raw: section → name → value. */
export interface Layer {
  /** As `config show` names it: a file, a variable, `flag`, `default`. */
  readonly origin: string;
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Resolved {
  readonly section: Section;
  readonly name: string;
  readonly value: unknown;
  readonly origin: string;
}

const camel = (text: string) => text.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const kebab = (text: string) => text.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const FLAGS = "flag";

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checked(origin: string, section: string, name: string): void {
  const names = (SETTINGS as Record<string, Record<string, unknown> | undefined>)[section];
  if (!names)
    throw new WhatranError(
      "config",
      `${origin}: there is no section “${section}”; sections are ${Object.keys(SETTINGS).join(", ")}${didYouMean(section, Object.keys(SETTINGS))}`,
    );
  if (!Object.hasOwn(names, name))
    throw new WhatranError(
      "config",
      `${origin}: “${section}” has no setting “${name}”; it has ${Object.keys(names).join(", ")}${didYouMean(name, Object.keys(names))}`,
    );
}

async function fileLayer(file: string): Promise<Layer> {
  const data = await readConfig(file);
  const values: Record<string, Record<string, unknown>> = {};
  for (const [section, settings] of Object.entries(data)) {
    if (!isRecord(settings)) throw new WhatranError("config", `${file}: “${section}” must hold settings, one a line`);
    for (const [key, value] of Object.entries(settings)) {
      const name = camel(key);
      checked(file, section, name);
      values[section] = { ...values[section], [name]: value };
    }
  }
  return { origin: file, values };
}

/** Variables such as WHATRAN_SCAN__MIN_LEVEL; each is a layer of its own, so that it is named where it rules. */
function environmentLayers(io: Io): Layer[] {
  return Object.entries(io.env).flatMap(([variable, value]) => {
    const match = /^WHATRAN_([A-Z]+)__([A-Z0-9_]+)$/.exec(variable);
    if (!match || value === undefined) return [];
    const section = (match[1] as string).toLowerCase();
    const name = camel((match[2] as string).toLowerCase());
    checked(variable, section, name);
    return [{ origin: variable, values: { [section]: { [name]: value } } }];
  });
}

/** Layers below the flags, strongest first: environment, project file, user's file. */
export async function layers(io: Io): Promise<Layer[]> {
  const files = [projectFile(io.cwd), userFile(io)].filter((file) => file !== undefined);
  return [...environmentLayers(io), ...(await Promise.all(files.map(fileLayer)))];
}

/** Every setting of a section with the layer that set it. */
export function resolve(section: Section, stack: readonly Layer[]): Resolved[] {
  return Object.entries(SETTINGS[section]).map(([name, { kind, fallback }]) => {
    const layer = stack.find(({ values }) => values[section]?.[name] !== undefined);
    if (!layer) return { section, name, value: fallback, origin: "default" };
    const value = kind.parse(layer.values[section]?.[name]);
    if (value === undefined) {
      const where = layer.origin === FLAGS ? `--${kebab(name)}` : `${layer.origin}: ${section}.${name}`;
      const meant = didYouMean(String(layer.values[section]?.[name]), kind.names ?? []);
      throw new WhatranError("config", `${where} must be ${kind.expected}${meant}`);
    }
    return { section, name, value, origin: layer.origin };
  });
}

/** The values of a section: flags, then environment, files, defaults. */
export async function settings<S extends Section>(
  section: S,
  flags: Record<string, unknown>,
  io: Io,
): Promise<Settings<S>> {
  const stack = [{ origin: FLAGS, values: { [section]: flags } }, ...(await layers(io))];
  return Object.fromEntries(resolve(section, stack).map(({ name, value }) => [name, value])) as Settings<S>;
}
