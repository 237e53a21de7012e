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

export const suricata: Target = {
  id: "suricata",
  title: "Suricata",
  cannot: [
    "Suricata sees packets, not programs: a program is known by the user agent that it sends in plain HTTP, and can send another; in TLS it is not seen.",
    "It sees only what passes its sensor, and drops only where it stands in line (IPS).",
    "Addresses go by HOME_NET and EXTERNAL_NET: they must say which networks are one's own.",
  ],
  semantics,
  sniff: (head, name) =>
    /^\s*#?\s*(?:alert|drop|reject|rejectsrc|rejectdst|rejectboth|pass)\s+[\w-]+\s+\S.*\s(?:->|<>)\s.*\(.*\bsid\s*:/m.test(
      head,
    )
      ? name.endsWith(".rules")
        ? 1
        : 0.9
      : 0,
  read: readSuricata,
  write: writeSuricata,
  refuses: refusesSuricata,
};
