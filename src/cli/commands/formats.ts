import { style } from "../../outputs/style.ts";
import { EXIT } from "../exit.ts";
import { wantsColour } from "../io.ts";
import type { Define } from "./define.ts";

export const define: Define = (command, io, done) => {
  command
    .description("List the log formats that are read. Formats are told by content; names are for --input-format.")
    .option("--json", "print JSON")
    .action(async (flags: { json?: boolean }) => {
      const { FORMATS } = await import("../../formats/registry.ts");
      const rows = FORMATS.map(({ name, title }) => ({ name, title }));
      const paint = style(wantsColour(io, io.stdout, true));
      if (flags.json) io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      else for (const { name, title } of rows) io.stdout.write(`${paint.accent(name.padEnd(16))} ${title}\n`);
      done(EXIT.done);
    });
};
