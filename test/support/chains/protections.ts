import { type ChainCase, on, start } from "./story.ts";

const SHELL = "/bin/bash";

const does = (at: number, key: string, program: string, line: string, parent = "B") =>
  start(at, key, program, line, parent, SHELL);

const UFW = "/usr/sbin/ufw";
const SELINUX = "/usr/sbin/setenforce";
const SYSTEMCTL = "/usr/bin/systemctl";
const RM = "/usr/bin/rm";

/** Cases of what one shell puts out of the way in turn. */
export const PROTECTIONS: readonly ChainCase[] = [
  {
    chain: "protections/firewall",
    fires: on("linux", does(0, "U", UFW, "ufw disable"), does(4, "E", SELINUX, "setenforce 0")),
    silent: on("linux", does(0, "U", UFW, "ufw disable"), does(4, "E", SELINUX, "setenforce 0", "X")),
  },
  {
    chain: "protections/confinement",
    fires: on("linux", does(0, "E", SELINUX, "setenforce 0"), does(4, "S", SYSTEMCTL, "systemctl stop auditd")),
    silent: on("linux", does(0, "E", SELINUX, "setenforce 0"), does(4, "S", SYSTEMCTL, "systemctl stop postgresql")),
  },
  {
    chain: "protections/watch",
    fires: on(
      "linux",
      does(0, "S", SYSTEMCTL, "systemctl stop auditd"),
      does(9, "R", RM, "rm -f /var/log/audit/audit.log"),
    ),
    silent: on(
      "linux",
      does(0, "S", SYSTEMCTL, "systemctl stop auditd"),
      does(900, "R", RM, "rm -f /var/log/audit/audit.log"),
    ),
  },
  {
    chain: "protections/traces",
    fires: on("linux", does(0, "R", RM, "rm -f /root/.bash_history"), does(3, "U", UFW, "ufw disable")),
    silent: on("linux", does(0, "R", RM, "rm -f /root/.bash_history"), does(3, "U", UFW, "ufw status")),
  },
];
