import { word } from "../../world/names.ts";
import { type Chain, linuxChain } from "../chain.ts";
import { own, perform } from "./act.ts";

/** T1218 on Linux: programs of every distribution that start what they are told to. */
export const linux: readonly Chain[] = [
  linuxChain("linux/find", (s) => {
    const p = own(s);
    perform(s, {
      args: [
        "find",
        s.random.pick([".", "/tmp", "/etc/hosts"]),
        "-maxdepth",
        "0",
        s.random.pick(["-exec", "-execdir"]),
        p,
        s.random.pick(["{}", "-q"]),
        ";",
      ],
      payload: p,
      note: "find starts a program",
      children: [[p, "-q"]],
    });
  }),
  linuxChain("linux/find-shell", (s) => {
    const p = own(s);
    perform(s, {
      args: ["find", "/var/log", "-name", "*.log", "-exec", "/bin/sh", "-c", `${p} ${word(s.random)}`, ";"],
      payload: p,
      note: "find starts a shell that starts a program",
      children: [["/bin/sh", "-c", `${p} ${word(s.random)}`], [p]],
    });
  }),
  linuxChain("linux/tar", (s) => {
    const p = own(s);
    const action = s.random.chance(0.5)
      ? ["--checkpoint=1", `--checkpoint-action=exec=${p}`]
      : ["--checkpoint-action", `exec=sh ${p}`, "--checkpoint=1"];
    perform(s, {
      args: ["tar", "-cf", "/dev/null", "/etc/hostname", ...action],
      payload: p,
      note: "tar runs a command at a checkpoint",
      children: [["/bin/sh", "-c", action.join(" ").includes("sh ") ? `sh ${p}` : p], [p]],
    });
  }),
  linuxChain("linux/tar-program", (s) => {
    const p = own(s);
    perform(s, {
      args: ["tar", "xf", `/tmp/${word(s.random)}.tar`, s.random.pick(["-I", "--use-compress-program"]), p],
      payload: p,
      note: "tar's compressor is somebody else's program",
      children: [[p, "-d"]],
    });
  }),
  linuxChain("linux/split", (s) => {
    const p = own(s);
    const filter = s.random.pick([p, `${p} > /dev/null`, `sh ${p}`]);
    perform(s, {
      args: ["split", ...(s.random.chance(0.5) ? ["-n", "1"] : ["-b", "1k"]), `--filter=${filter}`, "/etc/hostname"],
      payload: p,
      note: "split pipes its pieces into a program",
      children: [["sh", "-c", filter], [p]],
    });
  }),
  linuxChain("linux/xargs", (s) => {
    const p = own(s);
    perform(s, {
      args: ["xargs", "-a", "/etc/hostname", p],
      payload: p,
      note: "xargs starts a program",
      children: [[p, s.host.name]],
    });
  }),
  linuxChain("linux/wrapper", (s) => {
    const p = own(s);
    const wrapper = s.random.pick([
      ["nice", "-n", "10"],
      ["timeout", "600"],
      ["env"],
      ["setsid"],
      ["stdbuf", "-o0"],
      ["ionice", "-c", "3"],
      ["nohup"],
      ["flock", "-n", "/tmp/.lock"],
    ]);
    perform(s, { args: [...wrapper, p], payload: p, note: "a wrapper starts a program", children: [[p]] });
  }),
  linuxChain("linux/awk", (s) => {
    const p = own(s);
    const code = `BEGIN {system("${p}")}`;
    perform(s, {
      args: ["awk", code],
      path: "/usr/bin/mawk",
      payload: p,
      note: "awk's code starts a program",
      children: [["sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/editor", (s) => {
    const p = own(s);
    perform(s, {
      args: ["vim", "-c", `:!${p}`, "-c", ":q"],
      path: "/usr/bin/vim.basic",
      payload: p,
      note: "an editor's command starts a program",
      children: [["/bin/sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/ssh-proxy", (s) => {
    const p = own(s);
    perform(s, {
      args: ["ssh", "-o", `ProxyCommand=${p}`, word(s.random)],
      payload: p,
      note: "ssh's proxy is somebody else's program",
      children: [["/bin/sh", "-c", `exec ${p}`], [p]],
    });
  }),
  linuxChain("linux/rsync", (s) => {
    const p = own(s);
    perform(s, {
      args: ["rsync", "-e", `sh ${p}`, "/dev/null", "127.0.0.1:/dev/null"],
      payload: p,
      note: "rsync's transport is somebody else's program",
      children: [["sh", p, "127.0.0.1", "rsync", "--server", ".", "/dev/null"]],
    });
  }),
  linuxChain("linux/git", (s) => {
    const p = own(s);
    perform(s, {
      args: [
        "git",
        "-c",
        `core.${s.random.pick(["sshCommand", "pager", "editor", "fsmonitor"])}=${p}`,
        s.random.pick(["fetch", "log", "status"]),
      ],
      payload: p,
      note: "a setting of git names a program",
      children: [["/bin/sh", "-c", p], [p]],
    });
  }),
  linuxChain("linux/systemd-run", (s) => {
    const p = own(s);
    perform(s, {
      args: ["systemd-run", "--user", "--unit", word(s.random), p],
      payload: p,
      note: "a transient unit",
      children: [],
    });
  }),
  linuxChain("linux/busybox", (s) => {
    const p = own(s);
    perform(s, {
      args: ["busybox", "sh", p],
      payload: p,
      kind: "script",
      note: "busybox runs a script",
      children: [[p]],
    });
  }),
];
