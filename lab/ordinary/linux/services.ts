import { SYSTEM } from "../../world/fleet.ts";
import { word } from "../../world/names.ts";
import type { Activity } from "../activity.ts";
import { cronShell, loginShell, sudo } from "./shell.ts";

const SERVER = ["linuxServer"] as const;
const DEVELOPER = ["linuxDev"] as const;

/** Services, containers and management: programs that start programs for a living. */
export const services: readonly Activity[] = [
  {
    id: "container",
    roles: ["linuxServer", "linuxDev"],
    perDay: 1,
    when: "any",
    run(s) {
      const id = s.random.hex(64);
      const shim = s.exec(s.root("systemd"), [
        "/usr/bin/containerd-shim-runc-v2",
        "-namespace",
        "moby",
        "-id",
        id,
        "-address",
        "/run/containerd/containerd.sock",
      ]);
      s.exec(
        shim,
        [
          "runc",
          "--root",
          "/var/run/docker/runtime-runc/moby",
          "--log-format",
          "json",
          "exec",
          "--process",
          `/tmp/runc-process${s.random.int(1e6, 9e6)}`,
          "--detach",
          id,
        ],
        { ordinary: "a health check inside a container" },
      );
      s.exec(shim, ["/bin/sh", "-c", "curl -f http://localhost:8080/health || exit 1"], { path: "/usr/bin/dash" });
    },
  },
  {
    id: "management",
    roles: SERVER,
    perDay: 1,
    when: "any",
    run(s) {
      const session = s.exec(s.root("sshd"), ["sshd: ", "deploy [priv]"], { path: "/usr/sbin/sshd" });
      for (const line of [
        "echo ~deploy && sleep 0",
        `sudo -H -S -n -u root /bin/sh -c 'echo BECOME-SUCCESS-${word(s.random)} ; /usr/bin/python3 /home/deploy/.ansible/tmp/ansible-tmp-${s.random.int(1e9, 2e9)}/AnsiballZ_setup.py'`,
      ]) {
        const shell = s.exec(session, ["/bin/sh", "-c", line], { path: "/usr/bin/dash" });
        if (line.startsWith("sudo"))
          s.exec(shell, ["sudo", "-H", "-S", "-n", "-u", "root", "/bin/sh", "-c", line.split("'")[1] ?? ""], {
            ordinary: "configuration management works as root",
          });
      }
    },
  },
  {
    id: "database",
    roles: SERVER,
    perDay: 1,
    when: "night",
    run(s) {
      const shell = cronShell(s, "su - postgres -c 'pg_dumpall | gzip > /var/backups/pg.sql.gz'");
      const su = s.exec(shell, ["su", "-", "postgres", "-c", "pg_dumpall | gzip > /var/backups/pg.sql.gz"], {
        ordinary: "a database is saved every night",
      });
      s.exec(su, ["-bash", "-c", "pg_dumpall | gzip > /var/backups/pg.sql.gz"], { path: "/usr/bin/bash" });
    },
  },
  {
    id: "init-script",
    roles: SERVER,
    perDay: 0.4,
    when: "any",
    run(s) {
      const name = word(s.random);
      const script = s.exec(s.root("systemd"), ["/bin/sh", `/etc/init.d/${name}`, "start"], { path: "/usr/bin/dash" });
      const daemon = `/usr/sbin/${name}d`;
      s.exec(
        script,
        ["start-stop-daemon", "--start", "--quiet", "--pidfile", `/run/${name}.pid`, "--exec", daemon, "--", "-f"],
        { path: "/usr/sbin/start-stop-daemon", ordinary: "an init script starts its service" },
      );
    },
  },
  {
    id: "clean-cache",
    roles: SERVER,
    perDay: 0.8,
    when: "night",
    run(s) {
      const folder = `/var/cache/${word(s.random)}`;
      const shell = cronShell(s, `find ${folder} -type f -mtime +3 -print0 | xargs -0 -r -n 50 rm -f`);
      s.exec(shell, ["find", folder, "-type", "f", "-mtime", "+3", "-print0"], { ordinary: "old files are listed" });
      const xargs = s.exec(shell, ["xargs", "-0", "-r", "-n", "50", "rm", "-f"], { ordinary: "old files are removed" });
      s.exec(xargs, ["rm", "-f", `${folder}/${word(s.random)}`]);
    },
  },
  {
    id: "tests",
    roles: DEVELOPER,
    perDay: 1.5,
    when: "work",
    run(s) {
      const shell = loginShell(s, `${s.home}/src/${word(s.random)}`);
      const npm = s.exec(shell, ["npm", "run", "test"], { path: "/usr/bin/node", ordinary: "a developer runs tests" });
      s.exec(npm, ["sh", "-c", "vitest run"], { path: "/usr/bin/dash" });
    },
  },
  {
    id: "long-job",
    roles: DEVELOPER,
    perDay: 0.7,
    when: "work",
    run(s) {
      const shell = loginShell(s);
      const script = `./${word(s.random)}.py`;
      const [args, why] = s.random.pick([
        [["nohup", "python3", script], "a long job outlives its terminal"],
        [
          ["tmux", "new-session", "-d", "-s", word(s.random), `python3 ${script}`],
          "a long job in a session of its own",
        ],
        [["time", "-p", "python3", script], "somebody takes the time of a job"],
        [["stdbuf", "-oL", "python3", script], "output comes line by line"],
      ] as const);
      const run = s.exec(shell, args, { ordinary: why });
      s.exec(run, ["python3", script], { ordinary: "a script of the developer's own" });
    },
  },
  {
    id: "other-user",
    roles: SERVER,
    perDay: 0.6,
    when: "work",
    run(s) {
      const shell = loginShell(s);
      sudo(
        s,
        shell,
        ["-u", "postgres", "psql", "-c", "select count(*) from pg_stat_activity"],
        "an administrator asks the database",
      );
    },
  },
  {
    id: "ssl",
    roles: SERVER,
    perDay: 0.5,
    when: "night",
    run(s) {
      const certbot = s.exec(
        s.root("systemd"),
        ["/usr/bin/python3", "/usr/bin/certbot", "-q", "renew", "--deploy-hook", "systemctl reload nginx"],
        { ordinary: "certificates are renewed, and the web server told", user: SYSTEM },
      );
      s.exec(certbot, ["/bin/sh", "-c", "systemctl reload nginx"], { path: "/usr/bin/dash" });
    },
  },
];
