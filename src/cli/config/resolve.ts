import { isObject } from "../../decode/json/parse.ts";
import { WhatranError } from "../../errors.ts";
import { clip } from "../../model/clip.ts";
import { didYouMean } from "../../model/nearest.ts";
import type { Io } from "../io.ts";
import { projectFile, readConfig, userFile } from "./files.ts";
import { SETTINGS, type Section, type Settings } from "./settings.ts";

/** One source of settings, raw: section → name → value. */
export interface Layer {
  /** As `config show` names it: a file, a variable, `flag`, `default`. */
  readonly origin: string;
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Says what is wrong at a setting, and where. */
  fault(path: readonly string[], message: string): WhatranError;
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

/** Of a name that is none, so much is repeated. */
const MAX_SHOWN = 64;

/** What is wrong with a name of a section, or of a setting in it; undefined where it is known. */
function unknown(section: string, name?: string): string | undefined {
  const sections = Object.keys(SETTINGS);
  const quoted = (text: string) => `“${clip(text, MAX_SHOWN)}”`;
  if (!Object.hasOwn(SETTINGS, section))
    return `there is no section ${quoted(section)}; sections are ${sections.join(", ")}${didYouMean(section, sections)}`;
  const names = Object.keys(SETTINGS[section as Section]);
  if (name === undefined || names.includes(camel(name))) return undefined;
  return `“${section}” has no setting ${quoted(name)}; it has ${names.join(", ")}${didYouMean(camel(name), names)}`;
}

async function fileLayer(file: string): Promise<Layer> {
  const { data, fault } = await readConfig(file);
  const values: Record<string, Record<string, unknown>> = {};
  for (const [section, settings] of Object.entries(data)) {
    const wrong = unknown(section);
    if (wrong !== undefined) throw fault([section], wrong, true);
    if (!isObject(settings)) throw fault([section], `“${section}” must hold settings, one a line`);
    for (const [key, value] of Object.entries(settings)) {
      const problem = unknown(section, key);
      if (problem !== undefined) throw fault([section, key], problem, true);
      values[section] = { ...values[section], [camel(key)]: value };
    }
  }
  // A setting may be written in either way.
  const written = (section: string, name: string) =>
    Object.keys(data[section] as object).find((key) => camel(key) === name) ?? name;
  return {
    origin: file,
    values,
    fault: ([section = "", name = ""], message) => fault([section, written(section, name)], message),
  };
}

/** A layer without a file. */
const layer = (origin: string, values: Layer["values"]): Layer => ({
  origin,
  values,
  fault: (_, message) => new WhatranError("config", `${origin}: ${message}`),
});

/** Variables such as WHATRAN_SCAN__MIN_LEVEL; each is a layer of its own, so that it is named where it rules. */
function environmentLayers(io: Io): Layer[] {
  return Object.entries(io.env).flatMap(([variable, value]) => {
    const match = /^WHATRAN_([A-Z]+)__([A-Z0-9_]+)$/.exec(variable);
    if (!match || value === undefined) return [];
    const section = (match[1] as string).toLowerCase();
    const name = camel((match[2] as string).toLowerCase());
    const wrong = unknown(section, name);
    if (wrong !== undefined) throw new WhatranError("config", `${variable}: ${wrong}`);
    return [layer(variable, { [section]: { [name]: value } })];
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
    const ruling = stack.find(({ values }) => values[section]?.[name] !== undefined);
    if (!ruling) return { section, name, value: fallback, origin: "default" };
    const raw = ruling.values[section]?.[name];
    const value = kind.parse(raw);
    if (value === undefined) {
      const setting = ruling.origin === FLAGS ? `--${kebab(name)}` : `${section}.${name}`;
      const meant = didYouMean(String(raw), kind.names ?? []);
      const message = `${setting} must be ${kind.expected}${meant}`;
      throw ruling.origin === FLAGS ? new WhatranError("config", message) : ruling.fault([section, name], message);
    }
    return { section, name, value, origin: ruling.origin };
  });
}

/** The values of a section: flags, then environment, files, defaults. */
export async function settings<S extends Section>(
  section: S,
  flags: Record<string, unknown>,
  io: Io,
): Promise<Settings<S>> {
  const stack = [layer(FLAGS, { [section]: flags }), ...(await layers(io))];
  return Object.fromEntries(resolve(section, stack).map(({ name, value }) => [name, value])) as Settings<S>;
}
