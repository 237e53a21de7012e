import type { Semantics } from "../decide/engine.ts";
import type { Target } from "../target.ts";
import { readApparmor } from "./apparmor/read.ts";
import { refusesApparmor, writeApparmor } from "./apparmor/write.ts";

/**
 * A profile holds for the program at its path; what it does not allow is denied, and an explicit denial stands above what is allowed
 * and holds even in complain mode. Programs without a profile are not ruled on.
 * @see https://manpages.ubuntu.com/manpages/noble/man5/apparmor.d.5.html
 */
const semantics: Semantics = {
  platforms: ["linux"],
  order: "denyFirst",
  variables: {},
  reach: (policy, { on }) =>
    ["execute", "load", "connect", "write"].includes(on) ? { mode: policy.mode, otherwise: undefined } : undefined,
};

export const apparmor: Target = {
  id: "apparmor",
  title: "AppArmor profiles",
  longest: 16 << 20,
  cannot: [
    "A profile holds for a path: a copy of the program elsewhere is not held.",
    "AppArmor knows no arguments, and of the network only families and types, no addresses.",
    "Denials by “deny” hold even in complain mode; the profiles written here use none then, and note by “audit” instead.",
  ],
  semantics,
  sniff: (head, name) =>
    /^[ \t]*(?:profile\s+\S.*|(?:"\/[^"\n]*"|\/\S+)\s+(?:flags=\([^)\n]*\)\s*)?)\{\s*$/m.test(head) ||
    /^[ \t]*(?:#?include\s+<(?:tunables|abstractions)\/|abi\s+<)/m.test(head)
      ? /apparmor/.test(name)
        ? 1
        : 0.8
      : 0,
  read: readApparmor,
  write: writeApparmor,
  refuses: refusesApparmor,
};
