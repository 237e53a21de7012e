import { word } from "../../world/names.ts";
import { type Chain, linuxChain } from "../chain.ts";
import { own, perform } from "./act.ts";

/** T1218 on Linux, continued: values that are code, and settings that name a program. */
export const more: readonly Chain[] = [
  linuxChain("linux/debugger", (s) => {
    const p = own(s);
    perform(s, {
      args: ["gdb", "-nx", "-batch", "-ex", `!${p}`],
      payload: p,
      note: "a debugger's command starts a program",
      children: [["/bin/sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/python", (s) => {
    const p = own(s);
    perform(s, {
      args: ["python3", "-c", `import os; os.execl("${p}", "${word(s.random)}")`],
      path: "/usr/bin/python3.11",
      payload: p,
      note: "a line of Python starts a program",
      children: [],
    });
  }),
  linuxChain("linux/perl", (s) => {
    const p = own(s);
    perform(s, {
      args: ["perl", "-e", `exec "${p}";`],
      payload: p,
      note: "a line of Perl becomes a program",
      children: [],
    });
  }),
  linuxChain("linux/apt-hook", (s) => {
    const p = own(s);
    perform(s, {
      args: ["apt-get", "update", "-o", `APT::Update::Pre-Invoke::=${p}`],
      payload: p,
      note: "a setting of apt names a program",
      children: [["sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/start-stop-daemon", (s) => {
    const p = own(s);
    perform(s, {
      args: ["start-stop-daemon", "-S", "-x", p],
      path: "/usr/sbin/start-stop-daemon",
      payload: p,
      note: "a helper for init scripts starts a program",
      children: [[p]],
    });
  }),
  linuxChain("linux/script", (s) => {
    const p = own(s);
    perform(s, {
      args: ["script", "-q", "-c", p, "/dev/null"],
      payload: p,
      note: "a recorder of sessions starts a program",
      children: [["sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/zip", (s) => {
    const p = own(s);
    perform(s, {
      args: ["zip", `/tmp/${word(s.random)}.zip`, "/etc/hostname", "-T", `-TT=${p} #`],
      payload: p,
      note: "zip's test command is somebody else's program",
      children: [["sh", "-c", `${p} # /tmp/ziYk3`], [p]],
    });
  }),
  linuxChain("linux/socat", (s) => {
    const p = own(s);
    perform(s, {
      args: ["socat", "-", `EXEC:${p}`],
      payload: p,
      note: "socat joins a program to its input",
      children: [[p]],
    });
  }),
  linuxChain("linux/unshare", (s) => {
    const p = own(s);
    perform(s, {
      args: ["unshare", "-r", p],
      payload: p,
      note: "a program in name spaces of its own",
      children: [[p]],
    });
  }),
  linuxChain("linux/keygen", (s) => {
    const library = `${own(s)}.so`;
    perform(s, {
      args: ["ssh-keygen", "-D", library],
      payload: library,
      kind: "dll",
      note: "a library loaded as a token's",
      children: [],
    });
  }),
  linuxChain("linux/loader", (s) => {
    const p = own(s);
    perform(s, {
      args: ["/lib64/ld-linux-x86-64.so.2", p],
      path: "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
      payload: p,
      note: "the loader starts a program by itself",
      children: [],
    });
  }),
  linuxChain("linux/watch", (s) => {
    const p = own(s);
    perform(s, {
      args: ["watch", "-n", "60", p],
      payload: p,
      note: "watch starts a program again and again",
      children: [["sh", "-c", p], [p]],
    });
  }),
];
