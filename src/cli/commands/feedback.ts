import { resolve } from "node:path";
import { WhatranError } from "../../errors.ts";
import { visible } from "../../outputs/escape.ts";
import { settings } from "../config/resolve.ts";
import { EXIT } from "../exit.ts";
import type { Define } from "./define.ts";

const HELP = `
A label is a line of a file, ${"`whatran-feedback.ndjson`"} in the working directory unless --file or
the setting feedback.file says otherwise. The last label for a finding counts. whatran tune
proposes nothing that hides a finding labelled true, and the weights of the score are fitted to
these labels, too (docs/score.md).

Examples:
  whatran feedback 0b2f64a1c09de733 false --note "the clinic's program, see CHG-118"
  whatran feedback 0b2f64a1c09de733 true                  later: it was not
  whatran scan ./logs -m medium | jq -r .id               where ids come from`;

interface Flags {
  readonly note?: string;
  readonly author?: string;
  readonly file?: string;
}

export const define: Define = (command, io, done) => {
  command
    .description("Say whether a finding was true, so that tuning and weights can go by it.")
    .argument("<id>", "the finding's id, 16 hexadecimal digits")
    .argument("<label>", "true, false or unsure")
    .option("--note <text>", "why")
    .option("--author <name>", "who says so (default: the user's name)")
    .option("-f, --file <file>", "the file of labels (default: whatran-feedback.ndjson)")
    .addHelpText("after", HELP)
    .action(async (id: string, label: string, { note, file, author = io.env.USER ?? io.env.USERNAME }: Flags) => {
      const { appendFeedback, isFindingId, isVerdict } = await import("../../pipeline/labels/feedback.ts");
      const wanted = id.toLowerCase();
      if (!isFindingId(wanted)) throw new WhatranError("usage", `“${id}” is no id of a finding: 16 hexadecimal digits`);
      if (!isVerdict(label))
        throw new WhatranError("usage", `“${label}” is no label; there are true, false and unsure`);
      const values = await settings("feedback", { file }, io);
      const target = values.file ?? "";
      appendFeedback(resolve(io.cwd, target), {
        schema: "whatran/feedback/1",
        id: wanted,
        label,
        time: new Date().toISOString(),
        ...(author && { author }),
        ...(note !== undefined && { note }),
      });
      io.stderr.write(`whatran: ${wanted} is labelled ${label} in ${visible(target)}\n`);
      done(EXIT.done);
    });
};
