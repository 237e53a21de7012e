import type { Proc } from "../../world/events.ts";
import { SYSTEM } from "../../world/fleet.ts";
import type { Session } from "../../world/session.ts";

/** A line of a crontab: cron starts a shell for it. */
export function cronShell(s: Session, line: string): Proc {
  const child = s.exec(s.root("cron"), ["/usr/sbin/CRON", "-f"]);
  return s.exec(child, ["/bin/sh", "-c", line], { path: "/usr/bin/dash", directory: "/root" });
}

/** The shell of somebody who has logged in. */
export function loginShell(s: Session, directory = s.home): Proc {
  const sshd = s.exec(s.root("sshd"), ["sshd: ", `${s.user.name} [priv]`], { path: "/usr/sbin/sshd" });
  return s.exec(sshd, ["-bash"], { path: "/usr/bin/bash", user: s.user, directory, integrity: "Medium" });
}

/** A command under sudo; the command itself runs as root. */
export function sudo(s: Session, shell: Proc, args: readonly string[], ordinary: string): Proc {
  const wrapper = s.exec(shell, ["sudo", ...args], { ordinary });
  const inner = args[0] === "-u" ? args.slice(2) : args;
  return s.exec(wrapper, inner, { user: SYSTEM, ordinary });
}
