import { cronShell, loginShell } from "../../ordinary/linux/shell.ts";
import type { Proc } from "../../world/events.ts";
import { address, fileName, word } from "../../world/names.ts";
import type { Session } from "../../world/session.ts";
import { label } from "../chain.ts";

/** A program that somebody put there who is not root: what lies in /opt nothing tells from installed software. */
export function own(s: Session): string {
  return `${s.random.pick(["/tmp", "/dev/shm", "/var/tmp", `/tmp/.${word(s.random)}`, `${s.home}/.cache`, `/var/tmp/.${word(s.random)}`])}/${fileName(s.random)}`;
}

function entry(s: Session): Proc {
  return s.random.pick([
    () => loginShell(s),
    () => cronShell(s, `/usr/local/bin/${word(s.random)}.sh`),
    () => s.exec(s.root("systemd"), ["/usr/sbin/apache2", "-k", "start"]),
  ])();
}

/** One run of a program on behalf of somebody. */
export interface Run {
  readonly args: readonly string[];
  readonly path?: string;
  readonly payload: string;
  readonly kind?: "process" | "script" | "inline" | "exe" | "dll";
  readonly note: string;
  /** The processes that follow, one inside the other. */
  readonly children: readonly (readonly string[])[];
}

const SH = "/usr/bin/dash";

/** The program itself and what follows from it, one process inside the other. */
export function perform(s: Session, run: Run): void {
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
