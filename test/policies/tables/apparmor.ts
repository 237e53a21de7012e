import { load, reach, run, save } from "./linux.ts";
import type { Table } from "./table.ts";

const profile = (...lines: readonly string[]) => ({
  file: "apparmor",
  text: `profile t /usr/bin/split {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`,
});
const complain = (...lines: readonly string[]) => {
  const { file, text } = profile(...lines);
  return { file, text: text.replace("/split {", "/split flags=(complain) {") };
};
const SPLIT = "/usr/bin/split";
const WEB = "198.51.100.7";

export const apparmor: Table = {
  target: "apparmor",
  sources: {
    manual: "https://manpages.ubuntu.com/manpages/noble/man5/apparmor.d.5.html",
    complain: "https://manpages.ubuntu.com/manpages/noble/man8/aa-complain.8.html",
    language: "https://gitlab.com/apparmor/apparmor/-/wikis/QuickProfileLanguage",
  },
  policies: {
    quiet: profile("/** rwmlk,", "network,"),
    gzip: profile("/** rwmlk,", "/usr/bin/gzip ix,", "network,"),
    open: profile("file,", "network,"),
    deny: profile("file,", "network,", "deny /tmp/** mx,"),
    denyAll: profile("file,", "network,", "deny /** x,"),
    cut: profile("file,", "network unix,"),
    inet: profile("file,", "network inet stream,"),
    denyNet: profile("file,", "network,", "deny network inet,"),
    read: profile("/** r,", "network,"),
    writes: profile("/** rmpux,", "/tmp/** w,", "network,"),
    complain: complain("/** rwmlk,", "network,"),
    complainDeny: complain("file,", "network,", "deny /tmp/** x,"),
    audited: complain("/** rwmlkpux,", "network,", "audit /tmp/** pux,"),
    one: profile("/** rwmlk,", "/usr/bin/* pux,", "network,"),
    alternatives: profile("/** rwmlk,", "/usr/bin/{gzip,xz} pux,", "network,"),
    owner: profile("/** rwmlk,", "owner /home/** ix,", "network,"),
    included: profile("#include <abstractions/base>", "/** rwmlk,", "network,"),
    variable: profile("/** rwmlk,", "@{bin}/gzip ix,", "network,"),
    quoted: { file: "apparmor", text: 'profile t "/opt/a b/tool" {\n  /** rwmlk,\n  network,\n}\n' },
    nameless: { file: "apparmor", text: "/usr/bin/split {\n  /** rwmlk,\n  network,\n}\n" },
    entered: {
      file: "apparmor",
      text: "profile other {\n  /** rwmlk,\n}\n\nprofile t /usr/bin/split {\n  file,\n  network,\n}\n",
    },
    unknown: profile("file,", "network,", "frobnicate everything,"),
    letters: profile("file rwmlk /**,", "network,"),
    all: profile("all,"),
    comments: profile("# deny /** x,", "file, # everything", "network,"),
    capability: profile("capability,", "signal,", "ptrace,", "file,", "network,"),
  },
  cases: [
    ["what is not allowed is denied", "manual", "quiet", run("/bin/sh", SPLIT), "block"],
    ["another program has no profile", "manual", "quiet", run("/bin/sh", "/usr/bin/find"), "none"],
    ["the program itself may be started", "manual", "quiet", run(SPLIT, "/bin/bash"), "none"],
    ["it loads libraries", "manual", "quiet", load(SPLIT, "/usr/lib/libc.so.6"), "none"],
    ["it writes", "manual", "quiet", save(SPLIT, "/home/a/xaa"), "none"],
    ["a child that is allowed", "manual", "gzip", run("/usr/bin/gzip", SPLIT), "none"],
    ["and one that is not", "manual", "gzip", run("/bin/sh", SPLIT), "block"],
    ["file allows all files", "manual", "open", run("/bin/sh", SPLIT), "none"],
    ["network allows all of it", "manual", "open", reach(SPLIT, WEB), "none"],
    ["a denial stands above what is allowed", "language", "deny", run("/tmp/x", SPLIT), "block"],
    ["for libraries, too", "language", "deny", load(SPLIT, "/tmp/a/x.so"), "block"],
    ["and not elsewhere", "language", "deny", run("/bin/sh", SPLIT), "none"],
    ["a denial of all children", "language", "denyAll", run("/bin/sh", SPLIT), "block"],
    ["sockets of the host alone", "language", "cut", reach(SPLIT, WEB), "block"],
    ["and its children", "language", "cut", run("/bin/sh", SPLIT), "none"],
    ["the internet’s family", "language", "inet", reach(SPLIT, WEB), "none"],
    ["the family denied", "language", "denyNet", reach(SPLIT, WEB), "block"],
    ["reading only: no library", "manual", "read", load(SPLIT, "/usr/lib/libc.so.6"), "block"],
    ["reading only: nothing written", "manual", "read", save(SPLIT, "/tmp/x"), "block"],
    ["reading only: no child", "manual", "read", run("/bin/sh", SPLIT), "block"],
    ["writing below a folder", "manual", "writes", save(SPLIT, "/tmp/a/b"), "none"],
    ["and not beside it", "manual", "writes", save(SPLIT, "/home/a/b"), "block"],
    ["complain mode only notes", "complain", "complain", run("/bin/sh", SPLIT), "audit"],
    ["but for a denial, which holds", "complain", "complainDeny", run("/tmp/x", SPLIT), "block"],
    ["and audit is no denial", "manual", "audited", run("/tmp/x", SPLIT), "audit"],
    ["one star stays within a folder", "manual", "one", run("/usr/bin/gzip", SPLIT), "undecided"],
    ["what it cannot be is denied", "manual", "one", run("/tmp/x", SPLIT), "block"],
    ["alternatives are not worked out", "manual", "alternatives", run("/usr/bin/gzip", SPLIT), "undecided"],
    ["who owns a file is not logged", "manual", "owner", run("/home/a/x", SPLIT), "undecided"],
    ["what another file adds is not known", "manual", "included", run("/bin/sh", SPLIT), "undecided"],
    ["nor what a variable is", "manual", "variable", run("/usr/bin/gzip", SPLIT), "undecided"],
    ["a path in quotes", "manual", "quoted", run("/bin/sh", "/opt/a b/tool"), "block"],
    ["a profile by its path alone", "manual", "nameless", run("/bin/sh", SPLIT), "block"],
    ["a profile that others enter", "manual", "entered", run("/bin/sh", "/usr/bin/find"), "undecided"],
    ["a rule that is not known", "manual", "unknown", run("/bin/sh", SPLIT), "undecided"],
    ["letters in front of the path", "manual", "letters", run("/bin/sh", SPLIT), "block"],
    ["all is all", "manual", "all", reach(SPLIT, WEB), "none"],
    ["comments are none of it", "manual", "comments", run("/bin/sh", SPLIT), "none"],
    ["other kinds of rules", "manual", "capability", run("/bin/sh", SPLIT), "none"],
  ],
};
