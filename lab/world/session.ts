import { type Random, stableHex } from "../random.ts";
import { type Day, HOUR, MINUTE } from "./calendar.ts";
import type { Act, Benign, Integrity, LabEvent, Proc, Truth } from "./events.ts";
import { type Account, type Host, SYSTEM } from "./fleet.ts";
import { type Program, plainFile, program } from "./programs.ts";

export interface SpawnOptions {
  readonly directory?: string;
  readonly user?: Account;
  readonly integrity?: Integrity;
  /** Why this is ordinary use of a binary that can proxy: the event becomes a row of benign.jsonl. */
  readonly ordinary?: string;
  /** The same, where an analyst could not be sure from the log alone. */
  readonly probably?: string;
  readonly args?: readonly string[];
  /** Milliseconds until it exits; it is not logged where absent. */
  readonly lasts?: number;
}

/** Processes that are there when the day begins. */
type Root =
  | "services"
  | "svchost"
  | "schedule"
  | "explorer"
  | "ccmexec"
  | "wuauserv"
  | "dcom"
  | "wmi"
  | "spooler"
  | "systemd"
  | "cron"
  | "sshd";

const ROOT_LINES: Record<Root, readonly [name: string, commandLine: string, parent: Root | undefined]> = {
  services: ["services.exe", "C:\\Windows\\system32\\services.exe", undefined],
  svchost: ["svchost.exe", "C:\\Windows\\system32\\svchost.exe -k netsvcs -p", "services"],
  schedule: ["svchost.exe", "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule", "services"],
  dcom: ["svchost.exe", "C:\\Windows\\system32\\svchost.exe -k DcomLaunch -p", "services"],
  wuauserv: ["svchost.exe", "C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s wuauserv", "services"],
  ccmexec: ["CcmExec.exe", "C:\\Windows\\CCM\\CcmExec.exe", "services"],
  spooler: ["spoolsv.exe", "C:\\Windows\\System32\\spoolsv.exe", "services"],
  wmi: ["WmiPrvSE.exe", "C:\\Windows\\system32\\wbem\\wmiprvse.exe -secured -Embedding", "dcom"],
  explorer: ["explorer.exe", "C:\\Windows\\Explorer.EXE", undefined],
  systemd: ["/usr/lib/systemd/systemd", "/sbin/init", undefined],
  cron: ["/usr/sbin/cron", "/usr/sbin/cron -f", "systemd"],
  sshd: ["/usr/sbin/sshd", "sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups", "systemd"],
};

/** One host on one day: the clock, the processes, and the events so far. */
export class Session {
  readonly host: Host;
  readonly day: Day;
  readonly random: Random;
  readonly events: LabEvent[] = [];
  now: number;
  /** What is being injected; events of ordinary days have none. */
  act: Act | undefined;
  private readonly roots = new Map<Root, Proc>();
  private readonly machine: string;
  private readonly pids = new Set<number>();

  constructor(host: Host, day: Day, random: Random) {
    this.host = host;
    this.day = day;
    this.random = random;
    this.now = day.start;
    this.machine = stableHex(host.name, 8);
  }

  get user(): Account {
    return this.host.user;
  }

  /** The profile of the host's user. */
  get home(): string {
    return this.host.format === "audit" || this.host.format === "ecs"
      ? `/home/${this.user.name}`
      : `C:\\Users\\${this.user.name}`;
  }

  /** Sets the clock to a time of day, in hours. */
  at(hours: number): void {
    this.now = this.day.start + hours * HOUR + this.random.next() * MINUTE;
  }

  /** Lets between `from` and `to` milliseconds pass. */
  wait(from: number, to: number): void {
    this.now += from + this.random.next() * (to - from);
  }

  /** Every process needs an unused number; Windows hands out multiples of four. */
  private pid(): number {
    for (;;) {
      const pid = 4 * this.random.int(300, 6000);
      if (this.pids.has(pid)) continue;
      this.pids.add(pid);
      return pid;
    }
  }

  private guid(pid: number, started: number): string {
    const time = Math.floor(started / 1000)
      .toString(16)
      .padStart(8, "0")
      .toUpperCase();
    const token = stableHex(`${this.machine} ${pid} ${started}`, 8);
    return `{${this.machine}-${time.slice(4)}-${time.slice(0, 4)}-${pid.toString(16).padStart(4, "0").toUpperCase()}-0000${token}}`;
  }

  root(name: Root): Proc {
    const known = this.roots.get(name);
    if (known) return known;
    const [file, commandLine, parent] = ROOT_LINES[name];
    const interactive = name === "explorer";
    const started = this.day.start - (interactive ? 0 : 40 * HOUR) - this.random.int(0, HOUR);
    const pid = this.pid();
    const proc: Proc = {
      guid: this.guid(pid, started),
      pid,
      program: file.startsWith("/") ? plainFile(file) : program(file),
      commandLine,
      ...(file.startsWith("/") ? { args: commandLine.split(" ") } : {}),
      directory: file.startsWith("/") ? "/" : "C:\\Windows\\system32\\",
      user: interactive ? this.user : SYSTEM,
      integrity: interactive ? "Medium" : "System",
      parent: parent && this.root(parent),
      started,
    };
    this.roots.set(name, proc);
    return proc;
  }

  /** Starts a process: by the name of a known program, by a program, or by the path of a file without a version resource. */
  spawn(parent: Proc, what: string | Program, commandLine: string, options: SpawnOptions = {}): Proc {
    const file = typeof what !== "string" ? what : /[\\/]/.test(what) ? plainFile(what) : program(what);
    this.wait(8, 90);
    const pid = this.pid();
    const proc: Proc = {
      guid: this.guid(pid, this.now),
      pid,
      program: file,
      commandLine,
      ...(options.args ? { args: options.args } : {}),
      directory: options.directory ?? (parent.user === this.user ? `${this.home}\\` : "C:\\Windows\\system32\\"),
      user: options.user ?? parent.user,
      integrity: options.integrity ?? parent.integrity,
      parent,
      started: this.now,
    };
    const event = this.emit({ kind: "start", time: this.now, proc });
    const reason = options.ordinary ?? options.probably;
    if (reason !== undefined) event.benign = this.benign(proc, reason, options.ordinary === undefined);
    if (options.lasts !== undefined) this.emit({ kind: "exit", time: this.now + options.lasts, proc });
    if (file.console && parent.program.console === false) this.console(proc);
    return proc;
  }

  /** Starts a process of Linux from its argv. */
  exec(parent: Proc, args: readonly string[], options: SpawnOptions & { readonly path?: string } = {}): Proc {
    const path = options.path ?? (args[0]?.startsWith("/") ? args[0] : `/usr/bin/${args[0]}`);
    return this.spawn(parent, plainFile(path), args.join(" "), { directory: parent.directory, ...options, args });
  }

  private benign(proc: Proc, reason: string, unsure = false): Benign {
    return { binary: fileName(proc.program.image), label: unsure ? "benign_probable" : "benign", reason };
  }

  private console(owner: Proc): void {
    const host = this.spawn(owner, "conhost.exe", "\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1", {
      directory: "C:\\Windows\\",
    });
    this.started(host).benign = this.benign(host, "console window of a console program");
  }

  /** The event of a process start. */
  started(proc: Proc): LabEvent {
    const event = this.events.findLast((e) => e.kind === "start" && e.proc === proc);
    if (!event) throw new Error(`${proc.commandLine} was not started today`);
    return event;
  }

  emit(event: LabEvent): LabEvent {
    if (this.act) event.act = this.act;
    this.events.push(event);
    return event;
  }

  load(proc: Proc, module: Program | string): LabEvent {
    this.wait(3, 40);
    return this.emit({
      kind: "load",
      time: this.now,
      proc,
      module: typeof module === "string" ? plainFile(module) : module,
    });
  }

  file(proc: Proc, path: string): LabEvent {
    this.wait(3, 60);
    return this.emit({ kind: "file", time: this.now, proc, path });
  }

  /** The mark of the web, as a browser or a mail program writes it. */
  mark(proc: Proc, path: string, url: string): LabEvent {
    const contents = `[ZoneTransfer]  ZoneId=3 HostUrl=${url}`;
    return this.emit({ kind: "stream", time: this.now, proc, path: `${path}:Zone.Identifier`, contents });
  }

  /** A connection, with its DNS question where the other side has a name. */
  connect(proc: Proc, hostname: string, ip: string, port: number): LabEvent {
    this.wait(20, 200);
    if (hostname !== ip) this.emit({ kind: "dns", time: this.now, proc, query: hostname, answer: `::ffff:${ip};` });
    this.wait(5, 60);
    return this.emit({
      kind: "net",
      time: this.now,
      proc,
      ip,
      port,
      hostname,
      sourcePort: this.random.int(49152, 65535),
    });
  }

  registry(proc: Proc, path: string, value: string, action: "SetValue" | "CreateKey" = "SetValue"): LabEvent {
    this.wait(2, 30);
    return this.emit({ kind: "registry", time: this.now, proc, path, value, action });
  }

  thread(proc: Proc, target: Proc, module: string, fn: string): LabEvent {
    this.wait(2, 30);
    return this.emit({ kind: "thread", time: this.now, proc, target, module, fn });
  }

  script(proc: Proc, text: string, path = ""): LabEvent {
    this.wait(30, 300);
    return this.emit({ kind: "script", time: this.now, proc, text, path });
  }

  /** Says what a process start really was: the event becomes a row of truth.jsonl. */
  truth(proc: Proc, truth: Omit<Truth, "binary">): void {
    const event = this.started(proc);
    event.truth = { binary: fileName(proc.program.image), ...truth };
    delete event.benign;
  }
}

export function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}
