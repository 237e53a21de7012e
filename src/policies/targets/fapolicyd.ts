import type { Semantics } from "../decide/engine.ts";
import type { Target } from "../target.ts";
import { readFapolicyd } from "./fapolicyd/read.ts";
import { writable, writeFapolicyd } from "./fapolicyd/write.ts";

/**
 * The first rule that fits decides, from top to bottom; what none fits is allowed.
 * @see https://manpages.ubuntu.com/manpages/noble/man5/fapolicyd.rules.5.html
 */
const semantics: Semantics = {
  platforms: ["linux"],
  order: "firstMatch",
  variables: {},
  reach: (policy, act) =>
    ["execute", "load", "script"].includes(act.on) && (act.object.path ?? act.subject.path ?? "/").startsWith("/")
      ? { mode: policy.mode, otherwise: "allow" }
      : undefined,
};

export const fapolicyd: Target = {
  id: "fapolicyd",
  title: "fapolicyd",
  actsAtOnce: true,
  cannot: [
    "fapolicyd does not read arguments: an interpreter is allowed or denied whatever it is given on its command line.",
    "What a file is (type, trust) is known on the host only: in a replay packages are trusted, and a file’s name tells its type or nothing does.",
  ],
  semantics,
  sniff: (head, name) => {
    const isRule = /^[ \t]*(?:allow|deny)(?:_audit|_syslog|_log)?\s+(?:perm=\w+\s+)?[\w=/.,%-].*\s:\s/m.test(head);
    if (isRule) return /\.rules$/.test(name) ? 1 : 0.8;
    // A part of rules.d may hold nothing but sets.
    return /\.rules$/.test(name) && /^[ \t]*%\w+=/m.test(head) ? 0.6 : 0;
  },
  read: readFapolicyd,
  write: writeFapolicyd,
  refuses: writable,
};
