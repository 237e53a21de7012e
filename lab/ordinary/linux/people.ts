import { fileName, word } from "../../world/names.ts";
import type { Activity } from "../activity.ts";
import { loginShell, sudo } from "./shell.ts";

const BOTH = ["linuxServer", "linuxDev"] as const;
const DEVELOPER = ["linuxDev"] as const;

/** What people do in shells. */
export const people: readonly Activity[] = [
  {
    id: "look-around",
    roles: BOTH,
    perDay: 2,
    when: "work",
    run(s) {
      const shell = loginShell(s);
      for (const args of s.random.sample(
        [
          ["ls", "-la"],
          ["df", "-h"],
          ["less", "/var/log/syslog"],
          ["ps", "aux"],
          ["journalctl", "-u", "nginx", "--no-pager"],
          ["cat", "/etc/hosts"],
        ],
        3,
      ))
        s.exec(shell, args);
    },
  },
  {
    id: "search",
    roles: BOTH,
    perDay: 1.5,
    when: "work",
    run(s) {
      const shell = loginShell(s);
      const text = word(s.random);
      const [args, inner, why] = s.random.pick([
        [
          ["find", ".", "-name", "*.py", "-exec", "grep", "-l", text, "{}", "+"],
          ["grep", "-l", text, "./main.py"],
          "a search through source files",
        ],
        [["xargs", "-0", "grep", "-n", text], ["grep", "-n", text, "./src/app.c"], "a search through a list of files"],
        [
          ["find", "/etc", "-name", "*.conf", "-exec", "ls", "-l", "{}", ";"],
          ["ls", "-l", "/etc/host.conf"],
          "a look at configuration files",
        ],
      ] as const);
      const find = s.exec(shell, args, { ordinary: why });
      s.exec(find, inner);
    },
  },
  {
    id: "edit",
    roles: BOTH,
    perDay: 1,
    when: "work",
    run(s) {
      const shell = loginShell(s);
      const file = `/etc/${word(s.random)}/${word(s.random)}.conf`;
      if (s.random.chance(0.5)) sudo(s, shell, ["vim", file], "an administrator edits a configuration");
      else
        s.exec(shell, ["vim", `+${s.random.int(1, 200)}`, `${word(s.random)}.py`], {
          path: "/usr/bin/vim.basic",
          ordinary: "somebody edits a file",
        });
    },
  },
  {
    id: "service",
    roles: ["linuxServer"],
    perDay: 1,
    when: "work",
    run(s) {
      sudo(
        s,
        loginShell(s),
        ["systemctl", s.random.pick(["restart", "status", "reload"]), s.random.pick(["nginx", "postgresql", "cron"])],
        "an administrator handles a service",
      );
    },
  },
  {
    id: "pack",
    roles: BOTH,
    perDay: 0.8,
    when: "work",
    run(s) {
      const name = fileName(s.random);
      const shell = loginShell(s);
      const tar = s.random.chance(0.5)
        ? ["tar", "-czf", `/tmp/${name}.tar.gz`, name]
        : ["tar", "-I", "zstd -T0 -10", "-cf", `${name}.tar.zst`, name];
      const run = s.exec(shell, tar, { ordinary: "somebody packs a folder" });
      if (tar[1] === "-I") s.exec(run, ["zstd", "-T0", "-10"]);
    },
  },
  {
    id: "jump",
    roles: DEVELOPER,
    perDay: 0.8,
    when: "work",
    run(s) {
      const target = `app${s.random.int(1, 9)}.lindenhof.example`;
      const proxy = `ssh -W %h:%p ${s.user.name}@bastion.lindenhof.example`;
      const ssh = s.exec(loginShell(s), ["ssh", "-o", `ProxyCommand=${proxy}`, target], {
        ordinary: "a developer goes through the firm's bastion",
      });
      const inner = `exec ${proxy.replace("%h", target).replace("%p", "22")}`;
      s.exec(ssh, ["/bin/bash", "-c", inner], { path: "/usr/bin/bash" });
    },
  },
  {
    id: "git",
    roles: DEVELOPER,
    perDay: 2.5,
    when: "work",
    run(s) {
      const repository = `${s.home}/src/${word(s.random)}`;
      const git = s.exec(loginShell(s, repository), ["git", s.random.pick(["pull", "fetch", "push"]), "origin"], {
        ordinary: "a developer talks to the firm's repositories",
      });
      const service = `git-upload-pack 'team/${word(s.random)}.git'`;
      s.exec(git, ["/usr/bin/ssh", "-o", "SendEnv=GIT_PROTOCOL", "git@git.lindenhof.example", service], {
        ordinary: "git goes over ssh",
      });
    },
  },
  {
    id: "make",
    roles: DEVELOPER,
    perDay: 1.5,
    when: "work",
    run(s) {
      const make = s.exec(
        loginShell(s, `${s.home}/src/${word(s.random)}`),
        ["make", "-j4", s.random.pick(["all", "test", "install"])],
        { ordinary: "a developer builds" },
      );
      const line = `gcc -O2 -Wall -c -o ${word(s.random)}.o ${word(s.random)}.c`;
      const shell = s.exec(make, ["/bin/sh", "-c", line], { path: "/usr/bin/dash" });
      s.exec(shell, line.split(" "), { ordinary: "a compiler run by make" });
    },
  },
  {
    id: "python",
    roles: BOTH,
    perDay: 1,
    when: "work",
    run(s) {
      const code = s.random.pick([
        "import json,sys; print(json.load(sys.stdin)['version'])",
        "import platform; print(platform.platform())",
        "print('\\n'.join(str(n) for n in range(10)))",
      ]);
      const args = s.random.chance(0.5)
        ? ["python3", "-c", code]
        : ["env", "PYTHONPATH=src", "python3", "-m", "pytest", "-q"];
      const run = s.exec(loginShell(s), args, { ordinary: "a harmless line of Python, or tests" });
      if (args[0] === "env") s.exec(run, ["python3", "-m", "pytest", "-q"], { ordinary: "a developer runs tests" });
    },
  },
  {
    id: "watch",
    roles: BOTH,
    perDay: 0.5,
    when: "work",
    run(s) {
      const run = s.exec(loginShell(s), ["watch", "-n", "5", "df", "-h", "/srv"], {
        ordinary: "somebody watches the free space",
      });
      s.exec(run, ["sh", "-c", "df -h /srv"], { path: "/usr/bin/dash" });
    },
  },
];
