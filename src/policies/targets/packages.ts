import type { Semantics } from "../decide/engine.ts";
import type { Target } from "../target.ts";
import { readPackages } from "./packages/read.ts";
import { refusesPackages, writePackages } from "./packages/write.ts";

/**
 * What is not installed does not start; what only root may execute starts for root alone.
 * @see https://manpages.debian.org/bookworm/dpkg/dpkg-statoverride.1.en.html
 */
const semantics: Semantics = {
  platforms: ["linux"],
  order: "firstMatch",
  variables: {},
  reach: (policy, { on }) => (on === "execute" ? { mode: policy.mode, otherwise: undefined } : undefined),
};

export const packages: Target = {
  id: "packages",
  title: "Packages and permissions of Linux (apt and dnf)",
  actsAtOnce: true,
  cannot: [
    "A removed program comes back with the next package that depends on it, and anybody can bring a copy of his own.",
    "Permissions hold for the file, not for what it does; who is root is not held.",
    "A package that is removed by name alone is taken for the program of its name: what else it holds is not in a log.",
  ],
  semantics,
  sniff: (head, name) => {
    if (/^# t1218 packages \d/m.test(head)) return 1;
    const isScript =
      /^[ \t]*(?:sudo\s+)?(?:dpkg-statoverride\s+(?:--\S+\s+)*--add|(?:apt-get|apt|dnf|yum|microdnf|zypper)\s+(?:-\S+\s+)*(?:remove|purge|erase|autoremove)\b)/m;
    if (isScript.test(head)) return 0.7;
    return name === "statoverride" && /^\S+ \S+ 0?[0-7]{3,4} \//m.test(head) ? 0.9 : 0;
  },
  read: readPackages,
  write: writePackages,
  refuses: refusesPackages,
};
