import type { Command } from "commander";
import type { Catalog } from "../../catalog/catalog.ts";
import type { CatalogEntry } from "../../catalog/types.ts";
import { WhatranError } from "../../errors.ts";
import { baseName } from "../../invocations/glob.ts";
import { didYouMean } from "../../model/nearest.ts";
import { settings } from "../config/resolve.ts";
import { EXIT } from "../exit.ts";
import { checkChoice, collect } from "../flags.ts";
import { dataText, formatOption } from "../format-option.ts";
import { columnsOf, type Io, wantsColour } from "../io.ts";
import { shownBy, techniqueOf, warnOfUnshown } from "../techniques.ts";
import type { Define } from "./define.ts";

const PLATFORMS = ["windows", "linux"];
const FORMATS = ["text", "json", "ndjson"] as const;

interface Flags {
  readonly catalog?: readonly string[];
  readonly format?: (typeof FORMATS)[number];
  readonly technique?: string;
  readonly platform?: string;
  readonly category?: string;
  readonly behaviour?: string;
  readonly color?: boolean;
}

async function list(flags: Flags, io: Io): Promise<number> {
  const { format = "text" } = flags;
  const { loadCatalog } = await import("../../catalog/load.ts");
  const { selectEntries, entryList } = await import("../catalog/show.ts");
  checkChoice("--platform", flags.platform, PLATFORMS);
  const all = (await loadCatalog(flags.catalog ?? [])).entries;
  const categories = all.flatMap(({ behaviours }) => behaviours.map(({ category }) => category));
  checkChoice("--category", flags.category?.toLowerCase(), [...new Set(categories)].sort());
  const technique = flags.technique === undefined ? undefined : techniqueOf(flags.technique);
  if (technique !== undefined) warnOfUnshown("--technique", [technique], shownBy(all), io);
  const entries = selectEntries(all, { ...flags, ...(technique !== undefined && { technique }) });
  if (format !== "text") io.stdout.write(dataText(entries, format));
  else io.stdout.write(entryList(entries, columnsOf(io.stdout), wantsColour(io, io.stdout, flags.color)));
  return EXIT.done;
}

/** By id, by a name of whatever kind, or by a path. */
function entryNamed(asked: string, catalog: Catalog): CatalogEntry {
  const named = (name: string) =>
    catalog.byName(name) ??
    catalog.byOriginalName(name) ??
    catalog.entries.find(({ libraries = [] }) => libraries.some((one) => one.name === name.toLowerCase()));
  const name = baseName(asked);
  const entry = catalog.byId(asked.toLowerCase()) ?? named(asked) ?? named(name);
  if (entry) return entry;
  const hint = /^t\d{4}/i.test(asked)
    ? `; whatran catalog list --technique ${asked.toUpperCase()} lists what shows a technique`
    : didYouMean(name, catalog.names()) || "; whatran catalog list shows what it has";
  throw new WhatranError("usage", `the catalogue has no “${asked}”${hint}`);
}

async function show(name: string, flags: Flags, io: Io): Promise<number> {
  const { format = "text" } = flags;
  const { loadCatalog } = await import("../../catalog/load.ts");
  const { entryPage } = await import("../catalog/show.ts");
  const catalog = await loadCatalog(flags.catalog ?? []);
  const entry = entryNamed(name, catalog);
  const { curesOfEntry } = await import("../../pipeline/cures.ts");
  const cures = curesOfEntry(entry, catalog);
  if (format !== "text") io.stdout.write(dataText({ ...entry, cures }, format));
  else io.stdout.write(entryPage(entry, cures, columnsOf(io.stdout), wantsColour(io, io.stdout, flags.color)));
  return EXIT.done;
}

async function check(dirs: readonly string[], io: Io): Promise<number> {
  const { checkFolder } = await import("../catalog/check.ts");
  const reports = dirs.map(checkFolder);
  for (const { lines } of reports) io.stdout.write(lines.map((line) => `${line}\n`).join(""));
  return reports.every(({ sound }) => sound) ? EXIT.done : EXIT.usage;
}

async function chains(name: string | undefined, flags: Flags, io: Io): Promise<number> {
  const { format = "text" } = flags;
  const { loadCatalog } = await import("../../catalog/load.ts");
  const { chainLines } = await import("../catalog/chains.ts");
  const values = await settings("scan", { catalog: flags.catalog }, io);
  const { chains: all } = await loadCatalog(values.catalog ?? [], values.set);
  const wanted = name?.toLowerCase() ?? "";
  const found = all.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(wanted));
  if (found.length === 0) throw new WhatranError("usage", `no chain is called “${name}”, and none has it in its title`);
  if (format !== "text") io.stdout.write(dataText(found, format));
  else
    for (const line of chainLines(found, columnsOf(io.stdout), wantsColour(io, io.stdout, flags.color)))
      io.stdout.write(`${line}\n`);
  return EXIT.done;
}

/** Options of what shows a part of the catalogue. */
function showing(command: Command): Command {
  command.option("--catalog <dir>", "add or override binaries from a folder; repeatable", collect);
  return formatOption(command, FORMATS, "text", "json").option("-K, --no-color", "do not colour");
}

export const define: Define = (command, io, done) => {
  command.description("What whatran knows about trusted binaries, and a check for catalogues of your own.");
  const listing = command
    .command("list")
    .description("list the binaries")
    .option("--technique <id>", "only those that show this technique, such as T1218.011")
    .option("--platform <name>", "windows or linux")
    .option("--category <name>", "those that do this, such as execute, bypass, download, copy, compile, credentials")
    .option("--behaviour <words>", "those with a behaviour whose id or title has these words, such as scriptlet");
  showing(listing).action(async (flags: Flags) => done(await list(flags, io)));
  const page = command
    .command("show")
    .description("show one binary: its arguments, behaviours, normal uses and mitigations")
    .argument("<name>", "such as rundll32, RUNDLL32.EXE or linux/find");
  showing(page).action(async (name: string, flags: Flags) => done(await show(name, flags, io)));
  const settingsOfChains = command
    .command("chains")
    .description("list the chains of events and their settings, with the values in force; see scan --set")
    .argument("[name]", "those with this in their id or title, such as DET0433 or regsvr32");
  showing(settingsOfChains).action(async (name: string | undefined, flags: Flags) =>
    done(await chains(name, flags, io)),
  );
  command
    .command("check")
    .description("check catalogue folders, with line and column; exit code 2 where something is wrong")
    .argument("<dir...>", "folders with windows/*.yaml and linux/*.yaml")
    .action(async (dirs: string[]) => done(await check(dirs, io)));
};
