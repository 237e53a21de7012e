import type { Format } from "../format.ts";
import { type CronForm, parseCronLine } from "./cron-line.ts";
import { baseName, firstLines, pathOf } from "./sniffing.ts";
import { readLines } from "./text-reader.ts";

/** A crontab has no mark of its own: it must stand where crontabs stand. */
const PLACES = /\/(?:cron\.d|crontabs|cron\/tabs|cron)\/[^/]+$|crontab[^/]*$/;

/**
 * Crontabs, of a user, of the system (with a column of users) and anacron's: one record a job, with its schedule, user,
 * command, and the variables that are set above it (`env.NAME`).
 */
export const crontab: Format = {
  name: "crontab",
  title: "crontab",
  sniff(head, name) {
    const path = pathOf(name);
    if (!PLACES.test(path)) return 0;
    const form = formOf(path);
    const lines = firstLines(head).map((line) => parseCronLine(line, form)?.kind ?? "damaged");
    if (lines.includes("damaged")) return 0;
    return lines.includes("job") || lines.includes("variable") ? 0.8 : 0;
  },
  open: (context, sink) =>
    readLines(context, sink, "crontab", (output) => {
      const path = pathOf(context.file);
      const form = formOf(path);
      const owner = form === "user" ? ownerOf(path) : undefined;
      const variables = new Map<string, string>();
      return {
        line(text) {
          const read = parseCronLine(text, form);
          if (!read) output.damaged("neither a job, nor a variable, nor a comment");
          else if (read.kind === "variable" && variables.size < 256) variables.set(`env.${read.name}`, read.value);
          else if (read.kind === "job") {
            const { schedule, user, name: job, command } = read;
            output.record({ ...Object.fromEntries(variables), schedule, user: user ?? owner, name: job, command });
          }
        },
      };
    }),
};

function formOf(path: string): CronForm {
  if (baseName(path).startsWith("anacrontab")) return "anacron";
  return /(?:etc\/crontab[^/]*|cron\.d\/[^/]+)$/.test(path) ? "system" : "user";
}

/** Crontabs of users bear the user's name: /var/spool/cron/crontabs/kim. */
function ownerOf(path: string): string | undefined {
  return /spool\/cron\/(?:crontabs\/|tabs\/)?([^/]{1,64})$/.exec(path)?.[1];
}
