import { cronShell, loginShell } from "../../ordinary/linux/shell.ts";
import type { Proc } from "../../world/events.ts";
import { address, fileName, word } from "../../world/names.ts";
import type { Session } from "../../world/session.ts";
import { type Chain, label, linuxChain } from "../chain.ts";

/** A program that somebody put there. */
function own(s: Session): string {
  return `${s.random.pick(["/tmp", "/dev/shm", "/var/tmp", `/tmp/.${word(s.random)}`, `${s.home}/.cache`, `/opt/${word(s.random)}`])}/${fileName(s.random)}`;
}

function entry(s: Session): Proc {
  return s.random.pick([
    () => loginShell(s),
    () => cronShell(s, `/usr/local/bin/${word(s.random)}.sh`),
    () => s.exec(s.root("systemd"), ["/usr/sbin/apache2", "-k", "start"]),
  ])();
}

interface Run {
  readonly args: readonly string[];
  readonly path?: string;
  readonly payload: string;
  readonly kind?: "process" | "script" | "inline" | "exe" | "dll";
  readonly note: string;
  /** The processes that follow, one inside the other. */
  readonly children: readonly (readonly string[])[];
}

const SH = "/usr/bin/dash";

function perform(s: Session, run: Run): void {
  const parent = entry(s);
  s.wait(500, 30_000);
  const proc = s.exec(parent, run.args, {
    ...(run.path ? { path: run.path } : {}),
    directory: s.random.pick([s.home, "/tmp", "/var/www"]),
  });
  const after = [];
  let last = proc;
  for (const args of run.children) {
    last = s.exec(last, args, { path: args[0] === "sh" || args[0] === "/bin/sh" ? SH : (args[0] ?? "") });
    after.push(s.started(last));
  }
  if (s.random.chance(0.4))
    after.push(s.connect(last, address(s.random), address(s.random), s.random.pick([443, 4444, 8080])));
  label(s, {
    parent,
    proc,
    truth: { payload: run.payload, kind: run.kind ?? "process", technique: "T1218", note: run.note },
    after,
  });
}

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
