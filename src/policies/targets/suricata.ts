import type { Semantics } from "../decide/engine.ts";
import type { Target } from "../target.ts";
import { readSuricata } from "./suricata/read.ts";
import { refusesSuricata, writeSuricata } from "./suricata/write.ts";

/**
 * By default rules are asked in the order pass, drop, reject, alert, wherever they stand; what none fits passes.
 * @see https://docs.suricata.io/en/suricata-7.0.12/configuration/suricata-yaml.html#action-order
 */
const semantics: Semantics = {
  platforms: ["windows", "linux", "macos"],
  order: "firstMatch",
  variables: {},
  reach: (policy, { on, peer }) =>
    on === "connect" && peer?.address !== "127.0.0.1" && peer?.address !== "::1"
      ? { mode: policy.mode, otherwise: undefined }
      : undefined,
};

/** How a rule begins, in force or commented out. */
const ACTION = /^[ \t]*(?:#[ \t]*)?(?:alert|drop|reject|rejectsrc|rejectdst|rejectboth|pass)\s+[\w-]+\s+\S/;

/** Whether a line is a rule: an action, a direction, and options with a number. Each is looked for once, whatever the line holds. */
function isRule(line: string): boolean {
  const options = line.indexOf("(");
  if (options < 0 || !ACTION.test(line)) return false;
  return /\s(?:->|<>)\s/.test(line.slice(0, options)) && /\bsid\s*:/.test(line.slice(options));
}

export const suricata: Target = {
  id: "suricata",
  title: "Suricata",
  cannot: [
    "Suricata sees packets, not programs: a program is known by the user agent that it sends in plain HTTP, and can send another; in TLS it is not seen.",
    "It sees only what passes its sensor, and drops only where it stands in line (IPS).",
    "Addresses go by HOME_NET and EXTERNAL_NET: they must say which networks are one's own.",
  ],
  semantics,
  sniff: (head, name) => {
    if (!head.split("\n").some(isRule)) return 0;
    return name.endsWith(".rules") ? 1 : 0.9;
  },
  read: readSuricata,
  write: writeSuricata,
  refuses: refusesSuricata,
};
