import { account, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";

/** Provider of the Security log. */
export const SECURITY = "Microsoft-Windows-Security-Auditing";

/** A path, or anything else that is `-` where there is none. */
export const path = (name: string) => text(name, "", "-");
export const subject = account("SubjectDomainName", "SubjectUserName");

/** Who does what is logged. */
export const own = {
  platform: "windows",
  user: subject,
  process: processOf({ pid: integer("ProcessId"), image: path("ProcessName") }),
} as const;
