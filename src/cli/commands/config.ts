import { visible } from "../../outputs/escape.ts";
import { style } from "../../outputs/style.ts";
import { layers, resolve } from "../config/resolve.ts";
import { SETTINGS, type Section } from "../config/settings.ts";
import { EXIT } from "../exit.ts";
import { dataText, formatOption } from "../format-option.ts";
import { type Io, wantsColour } from "../io.ts";
import type { Define } from "./define.ts";

const HELP = `
Settings come from, strongest first: flags; variables such as WHATRAN_SCAN__MIN_LEVEL; whatran.yaml
in this folder or the nearest one above; $XDG_CONFIG_HOME/whatran/config.yaml; defaults. A file
looks like this:

  scan:
    minLevel: medium
    excludeComputer: [BUILD-01]
    internal: [198.51.100.0/24, "*.example.org"]
    indicators: [/srv/feeds/hosts.txt]
    set:
      DET0433/AN1207: { TimeWindow: 5 min, TargetProcessAllowList: [notepad.exe] }`;

function shownOf(value: unknown): string {
  if (value === undefined) return "—";
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const FORMATS = ["table", "json"] as const;

interface Flags {
  readonly format?: (typeof FORMATS)[number];
  readonly color?: boolean;
}

async function show({ format, color }: Flags, io: Io): Promise<void> {
  const stack = await layers(io);
  const rows = (Object.keys(SETTINGS) as Section[]).flatMap((section) => resolve(section, stack));
  if (format === "json") {
    const entries = rows.map(({ section, name, value, origin }) => [
      `${section}.${name}`,
      { value: value ?? null, origin },
    ]);
    io.stdout.write(dataText(Object.fromEntries(entries), format));
    return;
  }
  const paint = style(wantsColour(io, io.stdout, color));
  for (const { section, name, value, origin } of rows) {
    const shown = visible(shownOf(value));
    const line = `${`${section}.${name}`.padEnd(24)} ${shown.padEnd(14)} ${origin}`;
    io.stdout.write(`${origin === "default" ? paint.dim(line) : line}\n`);
  }
}

export const define: Define = (command, io, done) => {
  command.description("Show the settings in force.").addHelpText("after", HELP);
  const showing = command
    .command("show", { isDefault: true })
    .description("print every setting, its value, and the layer that set it");
  formatOption(showing, FORMATS, "table", "json")
    .option("-K, --no-color", "do not colour")
    .action(async (flags: Flags) => {
      await show(flags, io);
      done(EXIT.done);
    });
};
