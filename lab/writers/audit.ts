/**
 * Writes Linux audit events as auditd does: SYSCALL, EXECVE, CWD, PATH and PROCTITLE of one serial, values in hexadecimal
 * where they hold blanks, quotes or bytes beyond printable ASCII, and long arguments cut into numbered parts.
 */
interface AuditCall {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly serial: number;
  /** Name of the host, as auditd's `name_format` puts it before each line. */
  readonly node: string;
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  readonly executable: string;
  readonly terminal: string;
  readonly session: number;
  /** Name of the task, as the kernel has it. */
  readonly command: string;
}

export interface ExecEvent extends AuditCall {
  readonly args: readonly string[];
  readonly directory: string;
}

export interface ConnectEvent extends AuditCall {
  /** IPv4. */
  readonly ip: string;
  readonly port: number;
}

/** The kernel cuts arguments, as written, into parts of about this length, and begins a new EXECVE record when one is full. */
const PART_LENGTH = 7500;
const PROCTITLE_BYTES = 128;

function hexOf(text: string): string {
  return Buffer.from(text, "utf8").toString("hex").toUpperCase();
}

/** A value of which the user decides: quoted where it is harmless, else in hexadecimal. */
function untrusted(text: string): string {
  return /^[!#-~]*$/.test(text) ? `"${text}"` : hexOf(text);
}

function cut(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at += PART_LENGTH) parts.push(text.slice(at, at + PART_LENGTH));
  return parts;
}

/** The fields of one argument: `aN=…`, or its total length and its parts. */
function argument(text: string, n: number): string[] {
  const quoted = untrusted(text);
  const body = quoted.startsWith('"') ? text : quoted;
  if (body.length <= PART_LENGTH) return [`a${n}=${quoted}`];
  const mark = quoted.startsWith('"') ? '"' : "";
  return [`a${n}_len=${body.length}`, ...cut(body).map((part, i) => `a${n}[${i}]=${mark}${part}${mark}`)];
}

/** The bodies of the EXECVE records: as many as the arguments need. */
function execve(args: readonly string[]): string[] {
  const records: string[] = [];
  let current = `argc=${args.length}`;
  for (const field of args.flatMap(argument)) {
    if (current.length + field.length > PART_LENGTH + 64 && current !== "") {
      records.push(current);
      current = field;
    } else {
      current = current === "" ? field : `${current} ${field}`;
    }
  }
  return [...records, current];
}

function line(event: AuditCall, type: string, body: string): string {
  return `node=${event.node} type=${type} msg=audit(${(event.time / 1000).toFixed(3)}:${event.serial}): ${body}\n`;
}

function syscall(event: AuditCall, number: number, items: number, key: string): string {
  const { uid, pid, parentPid, terminal, session } = event;
  const ids = `auid=${uid} uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid}`;
  const call = `arch=c000003e syscall=${number} success=yes exit=0 a0=55d0c8a0 a1=55d0c8b8 a2=55d0c8d0 a3=8 items=${items}`;
  const names = `comm=${untrusted(event.command)} exe=${untrusted(event.executable)}`;
  return line(
    event,
    "SYSCALL",
    `${call} ppid=${parentPid} pid=${pid} ${ids} tty=${terminal} ses=${session} ${names} subj=unconfined key="${key}"`,
  );
}

/** The lines of one execve, each with its line feed. */
export function execLines(event: ExecEvent): string[] {
  const path = (item: number, name: string) =>
    `item=${item} name=${untrusted(name)} inode=${131072 + item + name.length} dev=fd:01 mode=0100755 ouid=0 ogid=0 rdev=00:00 nametype=NORMAL cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0`;
  const title = Buffer.from(event.args.join("\0"), "utf8").subarray(0, PROCTITLE_BYTES).toString("latin1");
  const proctitle = /^[!#-~]*$/.test(title) ? `"${title}"` : Buffer.from(title, "latin1").toString("hex").toUpperCase();
  return [
    syscall(event, 59, 2, "exec"),
    ...execve(event.args).map((body) => line(event, "EXECVE", body)),
    line(event, "CWD", `cwd=${untrusted(event.directory)}`),
    line(event, "PATH", path(0, event.executable)),
    line(event, "PATH", path(1, "/lib64/ld-linux-x86-64.so.2")),
    line(event, "PROCTITLE", `proctitle=${proctitle}`),
  ];
}

/** The lines of one connect: a sockaddr_in is family 2, port, address, eight zero bytes. */
export function connectLines(event: ConnectEvent): string[] {
  const address = Buffer.alloc(16);
  address.writeUInt16LE(2, 0);
  address.writeUInt16BE(event.port, 2);
  address.set(event.ip.split(".").map(Number), 4);
  return [syscall(event, 42, 0, "connect"), line(event, "SOCKADDR", `saddr=${address.toString("hex").toUpperCase()}`)];
}
