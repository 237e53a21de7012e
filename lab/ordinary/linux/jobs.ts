import { word } from "../../world/names.ts";
import type { Activity } from "../activity.ts";
import { cronShell } from "./shell.ts";

const SERVER = ["linuxServer"] as const;
const BOTH = ["linuxServer", "linuxDev"] as const;

/** What cron and timers run: housekeeping with programs that start other programs. */
export const jobs: readonly Activity[] = [
  {
    id: "run-parts",
    roles: BOTH,
    perDay: 3,
    when: "any",
    run(s) {
      const line = "cd / && run-parts --report /etc/cron.hourly";
      const shell = cronShell(s, line);
      s.exec(shell, ["run-parts", "--report", "/etc/cron.hourly"], { ordinary: "cron runs its hourly folder" });
    },
  },
  {
    id: "compress-logs",
    roles: SERVER,
    perDay: 1,
    when: "night",
    run(s) {
      const folder = `/var/log/${word(s.random)}`;
      const line = `find ${folder} -name "*.log" -mtime +7 -exec gzip {} \\;`;
      const shell = cronShell(s, line);
      const find = s.exec(shell, ["find", folder, "-name", "*.log", "-mtime", "+7", "-exec", "gzip", "{}", ";"], {
        ordinary: "old logs are compressed every night",
      });
      for (let i = s.random.int(1, 4); i > 0; i--) s.exec(find, ["gzip", `${folder}/${word(s.random)}.log`]);
    },
  },
  {
    id: "delete-old",
    roles: BOTH,
    perDay: 1,
    when: "any",
    run(s) {
      const [args, why] = s.random.pick([
        [["find", "/tmp", "-xdev", "-type", "f", "-atime", "+10", "-delete"], "old temporary files are deleted"],
        [
          ["find", "/var/backups", "-name", "*.tar.gz", "-mtime", "+14", "-exec", "rm", "-f", "{}", "+"],
          "old backups are deleted",
        ],
        [
          ["find", "/var/cache/app", "-type", "d", "-empty", "-exec", "rmdir", "{}", ";"],
          "empty cache folders are removed",
        ],
      ] as const);
      s.exec(cronShell(s, args.join(" ")), args, { ordinary: why });
    },
  },
  {
    id: "backup",
    roles: SERVER,
    perDay: 1,
    when: "night",
    run(s) {
      const name = word(s.random);
      const script = s.exec(
        cronShell(s, `flock -n /run/backup.lock /usr/local/bin/backup.sh ${name}`),
        ["flock", "-n", "/run/backup.lock", "/usr/local/bin/backup.sh", name],
        { ordinary: "a lock keeps two backups apart" },
      );
      const shell = s.exec(script, ["/bin/bash", "/usr/local/bin/backup.sh", name], { path: "/usr/bin/bash" });
      s.exec(
        shell,
        [
          "tar",
          "--create",
          "--file=-",
          "--exclude-from=/etc/backup.exclude",
          "--checkpoint=10000",
          "--checkpoint-action=dot",
          `/srv/${name}`,
        ],
        { ordinary: "a backup is packed, with a dot now and then" },
      );
      const filter = "gzip -9 > $FILE.gz";
      const split = s.exec(
        shell,
        ["split", "-b", "512M", "-d", `--filter=${filter}`, "-", `/var/backups/${name}.tar.`],
        { ordinary: "pieces of a backup are compressed as they are written" },
      );
      const sh = s.exec(split, ["sh", "-c", filter], { path: "/usr/bin/dash" });
      s.exec(sh, ["gzip", "-9"]);
      const rsync = s.exec(
        shell,
        [
          "rsync",
          "-a",
          "--delete",
          "-e",
          "ssh -i /etc/backup/id_ed25519 -o BatchMode=yes",
          "/var/backups/",
          `backup@store01:/pool/${s.host.name}/`,
        ],
        { ordinary: "backups are copied over ssh" },
      );
      s.exec(
        rsync,
        [
          "ssh",
          "-i",
          "/etc/backup/id_ed25519",
          "-o",
          "BatchMode=yes",
          "-l",
          "backup",
          "store01",
          "rsync",
          "--server",
          "-logDtpre.iLsfxCIvu",
          "--delete",
          ".",
          `/pool/${s.host.name}/`,
        ],
        { ordinary: "the transport of a backup" },
      );
    },
  },
  {
    id: "nice-index",
    roles: BOTH,
    perDay: 1,
    when: "night",
    run(s) {
      const shell = cronShell(s, "nice -n 19 ionice -c3 /usr/bin/updatedb.plocate");
      const nice = s.exec(shell, ["nice", "-n", "19", "ionice", "-c3", "/usr/bin/updatedb.plocate"], {
        ordinary: "an index is built at low priority",
      });
      s.exec(nice, ["ionice", "-c3", "/usr/bin/updatedb.plocate"], { ordinary: "an index is built at low priority" });
    },
  },
  {
    id: "health-check",
    roles: SERVER,
    perDay: 4,
    when: "any",
    run(s) {
      const url = `http://127.0.0.1:${s.random.pick([8080, 9090, 3000])}/health`;
      const shell = cronShell(s, `timeout 20 curl -fsS ${url}`);
      const timeout = s.exec(shell, ["timeout", "20", "curl", "-fsS", url], {
        ordinary: "a health check with a time limit",
      });
      s.exec(timeout, ["curl", "-fsS", url], { ordinary: "a health check of the own service" });
    },
  },
  {
    id: "rotate",
    roles: BOTH,
    perDay: 0.7,
    when: "night",
    run(s) {
      const rotate = s.exec(s.root("systemd"), ["/usr/sbin/logrotate", "/etc/logrotate.conf"], {
        ordinary: "logs are rotated by the system's timer",
      });
      const script = "\n\t\t/usr/lib/rsyslog/rsyslog-rotate\n";
      s.exec(rotate, ["sh", "-c", script, "logrotate_script", "/var/log/syslog"], { path: "/usr/bin/dash" });
    },
  },
  {
    id: "report",
    roles: SERVER,
    perDay: 1,
    when: "night",
    run(s) {
      const program = `{ sum[$9]++ } END { for (c in sum) print c, sum[c] }`;
      const shell = cronShell(s, `awk '${program}' /var/log/nginx/access.log | mail -s "daily ${word(s.random)}" ops`);
      s.exec(shell, ["awk", program, "/var/log/nginx/access.log"], {
        path: "/usr/bin/mawk",
        ordinary: "a report counts lines",
      });
      s.exec(shell, ["mail", "-s", `daily ${word(s.random)}`, "ops"], { path: "/usr/bin/bsd-mailx" });
    },
  },
];
