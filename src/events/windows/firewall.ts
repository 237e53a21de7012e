import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { firstOf, integer, text } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const FIREWALL = "Microsoft-Windows-Windows Firewall With Advanced Security";
const SECURITY = "Microsoft-Windows-Security-Auditing";

/** Who changed the rules. */
const changed = {
  platform: "windows",
  user: text("ModifyingUser", ""),
  process: processOf({ image: text("ModifyingApplication", "") }),
  product: "firewall",
  path: text("ApplicationPath", ""),
  rule: firstOf(text("RuleName", ""), text("RuleId", "")),
} as const;

/** `Action` of a rule: 2 blocks, 3 allows (NET_FW_ACTION, counted from 2); rendered exports have the words. */
function action(record: LogRecord): "allow" | "block" {
  return /^(?:2|block)$/i.test(record.get("Action") ?? "") ? "block" : "allow";
}

const ruled = defineEvent("policyDecision", { ...changed, decision: action });
const withdrawn = defineEvent("policyDecision", { ...changed, decision: "withdrawn" });

/** 5157: the filtering platform refused a connection, so there is none: what is known is who wanted it. */
const refused = defineEvent("policyDecision", {
  platform: "windows",
  process: processOf({
    pid: firstOf(integer("ProcessID"), integer("ProcessId")),
    image: text("Application", "", "-"),
  }),
  product: "firewall",
  decision: "block",
  path: text("Application", "", "-"),
  rule: text("FilterRTID", "", "0"),
});

/** Field names: the provider's manifest; the newer ids came with Windows 11. */
export const sources: readonly LogSource[] = [
  winevent("firewall/2004", FIREWALL, [2004, 2005, 2071, 2073, 2097], ruled),
  winevent("firewall/2006", FIREWALL, [2006, 2052], withdrawn),
  winevent("security/5157", SECURITY, [5157], refused),
];
