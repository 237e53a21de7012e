import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../model/event.ts";
import { compileChains } from "./chains/folder.ts";
import type { OpenChain } from "./chains/types.ts";
import { checkEntries } from "./check.ts";
import { dataOf } from "./like.ts";
import { parse } from "./parse.ts";
import { type Problem, problemAt, Source } from "./problem.ts";
import { type ExtensionSource, entrySchema, extensionSchema } from "./schema.ts";
import {
  translateAwaits,
  translateBehaviour,
  translateGrammar,
  translateMark,
  translateNormal,
  translatePrints,
} from "./translate.ts";
import type { CatalogEntry, CompiledCatalog } from "./types.ts";

/** Folders of a catalogue that hold entries, by platform. */
const PLATFORMS: readonly Platform[] = ["windows", "linux"];

interface Part {
  readonly source: Source;
  readonly data: ExtensionSource;
}

const MODEL = "catalog/_template.yaml";

/** Why a path is no catalogue; undefined for a folder that has the parts of one. */
export function noCatalog(root: string): string | undefined {
  const isFolder = (part: string) => existsSync(part) && statSync(part).isDirectory();
  if ([...PLATFORMS, "chains"].some((part) => isFolder(join(root, part)))) return undefined;
  const stats = statSync(root, { throwIfNoEntry: false });
  if (!stats) return `${root}: no such folder`;
  return stats.isDirectory()
    ? `${root}: holds none of windows/, linux/ and chains/`
    : `${root}: a file; name the folder that holds windows/, linux/ or chains/`;
}

/** YAML files below a folder, sorted, so that every machine compiles the same bytes. */
export function catalogFiles(root: string, suffix = ".yaml"): string[] {
  const found: string[] = [];
  const walk = (dir: string) => {
    let names: string[];
    try {
      names = readdirSync(dir, { withFileTypes: true }).map((e) => (e.isDirectory() ? `${e.name}/` : e.name));
    } catch {
      return;
    }
    for (const name of names.sort()) {
      if (name.endsWith("/")) walk(join(dir, name));
      else if (name.endsWith(suffix) && !name.startsWith("_")) found.push(join(dir, name));
    }
  };
  walk(root);
  return found;
}

function compileEntry(root: string, platform: Platform, source: Source, problems: Problem[]): CatalogEntry | undefined {
  const data = parse(entrySchema, source, problems, MODEL, dataOf(root, source, problems));
  if (!data) return undefined;
  const id = `${platform}/${data.binary.toLowerCase().replace(/\.exe$/, "")}`;
  const marks = [data.knownBy].flat().map(translateMark);
  const original = [data.originalFileName].flat();
  return {
    id,
    name: platform === "windows" ? data.binary.toLowerCase() : data.binary,
    aliases: data.aliases.map((alias) => (platform === "windows" ? alias.toLowerCase() : alias)),
    originalNames: original.map((name) => name.toLowerCase()),
    platform,
    ...(data.like !== undefined && { like: data.like }),
    category: data.category,
    ...(data.multicall && { multicall: true }),
    homes: data.homes,
    packages: data.packages,
    ...(data.signer !== undefined && { signer: data.signer }),
    purpose: data.purpose,
    needed: data.needed,
    grammar: translateGrammar(
      data.grammar,
      {
        ...data.grammar,
        caseSensitive: data.grammar.caseSensitive ?? platform === "linux",
        abbreviate: data.grammar.abbreviate ?? data.grammar.style === "gnu",
        exports: [data.grammar.exports].flat(),
      },
      ["grammar"],
      (path, message) => problems.push(problemAt(source, path, message)),
    ),
    ...(marks.length > 0 && { knownBy: marks, words: [...new Set(marks.flatMap(({ words }) => words))] }),
    ...(data.awaits && { awaits: translateAwaits(data.awaits) }),
    ...(data.prints && { prints: translatePrints(data.prints) }),
    behaviours: data.behaviours.map((behaviour) => translateBehaviour(id, behaviour)),
    normal: data.normal.map(translateNormal),
    mitigations: data.mitigations,
    references: data.references,
  };
}

/** Adds a part to its entry: behaviours named after the library that the part describes. */
function extend(entry: CatalogEntry, { data }: Part): CatalogEntry {
  const library = data.library?.toLowerCase();
  const behaviours = data.behaviours.map((source) => {
    const behaviour = translateBehaviour(entry.id, source);
    if (library === undefined) return behaviour;
    const test = { element: "library", is: [library] };
    return { ...behaviour, library, when: behaviour.when.map((condition) => [test, ...condition]) };
  });
  return {
    ...entry,
    ...(library !== undefined && {
      libraries: [...(entry.libraries ?? []), { name: library, purpose: data.purpose }],
    }),
    // A part is more specific than the entry's own, general behaviours, so it is tried first.
    behaviours: [...behaviours, ...entry.behaviours],
    normal: [...data.normal.map(translateNormal), ...entry.normal],
    references: [...new Set([...entry.references, ...data.references])],
  };
}

export interface Compilation {
  readonly catalog: CompiledCatalog;
  readonly problems: readonly Problem[];
}

/**
 * Compiles the YAML of `root` (folders windows/ and linux/); wrong files become problems with line, column and caret.
 * @param shipped chains of the catalogue that the folder will be laid over: it may set their settings
 */
export function compileCatalog(root: string, shipped?: readonly OpenChain[]): Compilation {
  const problems: Problem[] = [];
  const entries = new Map<string, { entry: CatalogEntry; source: Source }>();
  const parts: Part[] = [];
  const hash = createHash("sha256");
  for (const platform of PLATFORMS) {
    for (const file of catalogFiles(join(root, platform))) {
      if (file.endsWith(".vectors.yaml")) continue;
      const source = Source.listed(file);
      hash.update(source.text);
      if (source.problems.length > 0) problems.push(...source.problems);
      else if (source.document.has("extends")) {
        const data = parse(extensionSchema, source, problems, MODEL);
        if (data) parts.push({ source, data });
      } else {
        const entry = compileEntry(root, platform, source, problems);
        const same = entry && entries.get(entry.id);
        if (same)
          problems.push(
            problemAt(
              source,
              ["binary"],
              `${entry.id} is already described in ${same.source.file}; keep one of the two`,
            ),
          );
        else if (entry) entries.set(entry.id, { entry, source });
      }
    }
  }
  for (const part of parts) {
    const target = entries.get(part.data.extends);
    if (target) target.entry = extend(target.entry, part);
    else problems.push(problemAt(part.source, ["extends"], `there is no entry “${part.data.extends}”`));
  }
  problems.push(...checkEntries(entries.values()));
  const { chains, settings, ...read } = compileChains(root, shipped);
  problems.push(...read.problems);
  for (const text of read.texts) hash.update(text);
  const catalog: CompiledCatalog = {
    schema: "whatran/catalog/1",
    version: hash.digest("hex").slice(0, 12),
    entries: [...entries.values()].map(({ entry }) => entry),
    chains: { chains, settings },
  };
  return { catalog, problems };
}
