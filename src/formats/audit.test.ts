import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LogRecord } from "../model/record.ts";
import { audit } from "./audit.ts";

function read(bytes: Uint8Array, step = bytes.length || 1) {
  const records: LogRecord[] = [];
  const diagnostics: Diagnostic[] = [];
  const reader = audit.open(
    { file: "audit.log" },
    { record: (one) => records.push(one), diagnostic: (one) => diagnostics.push(one) },
  );
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return { records, diagnostics };
}

const text = (...lines: string[]) => Buffer.from(`${lines.join("\n")}\n`);

const FIND = [
  'type=SYSCALL msg=audit(1700000000.125:41): arch=c000003e syscall=59 success=yes exit=0 ppid=10 pid=11 auid=1000 uid=0 comm="find" exe="/usr/bin/find" key=(null)',
  'type=EXECVE msg=audit(1700000000.125:41): argc=4 a0="find" a1="/srv" a2="-name" a3=6120622E747874',
  'type=CWD msg=audit(1700000000.125:41): cwd="/root"',
  'type=PATH msg=audit(1700000000.125:41): item=0 name="/usr/bin/find" nametype=NORMAL',
  'type=PATH msg=audit(1700000000.125:41): item=1 name="/lib64/ld-linux-x86-64.so.2" nametype=NORMAL',
  "type=PROCTITLE msg=audit(1700000000.125:41): proctitle=66696E64002F737276",
];
const EOE = "type=EOE msg=audit(1700000000.125:41): ";

it("joins the records of one serial", () => {
  const { records, diagnostics } = read(text(...FIND, EOE));
  expect(diagnostics).toEqual([]);
  expect(records).toHaveLength(1);
  const [one] = records;
  expect(one).toMatchObject({ shape: "audit", index: 0, recordId: 41, time: 1700000000125, host: undefined });
  expect(one!.get("SYSCALL.exe")).toBe("/usr/bin/find");
  expect(one!.get("PATH1.name")).toBe("/lib64/ld-linux-x86-64.so.2");
  expect(one!.get("CWD.cwd")).toBe("/root");
  expect(one!.get("EXECVE.argc")).toBe("4");
  expect(one!.get("EXECVE.a3")).toBe("a b.txt");
  expect(one!.list("EXECVE.args")).toEqual(["find", "/srv", "-name", "a b.txt"]);
  expect(one!.list("PROCTITLE.args")).toEqual(["find", "/srv"]);
  expect(one!.get("PROCTITLE.proctitle")).toBe("find /srv");
  expect(one!.get("SYSCALL.nothing")).toBeUndefined();
  expect(one!.names()).toContain("PATH0.nametype");
});

it("reads UTF-16, as PowerShell redirects", () => {
  const bytes = Buffer.from(`\ufeff${FIND.join("\r\n")}\r\n`, "utf16le");
  expect(audit.sniff(bytes, "x")).toBeGreaterThan(0.9);
  const { records, diagnostics } = read(bytes, 7);
  expect(diagnostics).toEqual([]);
  expect(records.map((one) => one.list("EXECVE.args"))).toEqual([["find", "/srv", "-name", "a b.txt"]]);
});

it("keeps interleaved events of two nodes apart and counts every line in the index", () => {
  const lines = ["a", "b"].flatMap((node) => [
    `node=${node} type=SYSCALL msg=audit(1700000000.000:7): arch=c000003e syscall=59 success=yes exe="/bin/${node}"`,
    `node=${node} type=EXECVE msg=audit(1700000000.000:7): argc=1 a0="${node}"`,
  ]);
  const { records } = read(text(lines[0]!, "", lines[2]!, "no record at all", lines[3]!, lines[1]!));
  expect(records.map((one) => [one.host, one.index, one.list("EXECVE.args")])).toEqual([
    ["a", 0, ["a"]],
    ["b", 1, ["b"]],
  ]);
});

it("counts a line that is no record, with its place", () => {
  const { diagnostics, records } = read(text("junk", FIND[0]!));
  expect(records[0]!.index).toBe(1);
  expect(diagnostics).toMatchObject([{ code: "audit/no-record", index: 0, line: 1, offset: 0 }]);
});

it("passes over what ausearch writes between events", () => {
  const { records, diagnostics } = read(text("----", "time->Tue Nov 14 22:13:20 2023", ...FIND));
  expect(diagnostics).toEqual([]);
  expect(records.map((one) => one.index)).toEqual([0]);
});

it("puts long arguments together from pieces in several records, even within a character", () => {
  const { records } = read(
    text(
      'type=EXECVE msg=audit(1700000000.125:41): argc=3 a0="sh" a1_len=8 a1[1]=A420',
      "type=EXECVE msg=audit(1700000000.125:41): a1[0]=61C3",
      'type=EXECVE msg=audit(1700000000.125:41): a2_len=4 a2[0]="ab" a2[1]="cd"',
    ),
  );
  expect(records[0]!.list("EXECVE.args")).toEqual(["sh", "aä ", "abcd"]);
});

it("reads enrichment, nested messages, kernel numbers and syslog prefixes", () => {
  const { records } = read(
    text(
      `type=USER_CMD msg=audit(1700000001.000:50): pid=9 uid=1000 auid=1000 msg='cwd="/home/k" cmd=6C73202D6C exe="/usr/bin/sudo" terminal=pts/0 res=success'\x1dUID="kim" AUID="kim"`,
      'Nov 14 22:13:22 web1 kernel: audit: type=1300 audit(1700000002.000:51): arch=c00000b7 syscall=221 success=yes exe="/usr/bin/env"',
      "type=SOCKADDR msg=audit(1700000003.000:52): saddr=02000050C0000201\x1dSADDR={ saddr_fam=inet laddr=192.0.2.1 lport=80 }",
    ),
  );
  expect(records.map((one) => one.recordId)).toEqual([50, 51, 52]);
  const [sudo, env, socket] = records;
  expect(["cmd", "cwd", "res", "UID"].map((key) => sudo!.get(`USER_CMD.${key}`))).toEqual([
    "ls -l",
    "/home/k",
    "success",
    "kim",
  ]);
  expect([env!.host, env!.get("SYSCALL.exe")]).toEqual(["web1", "/usr/bin/env"]);
  expect(["family", "ip", "port", "SADDR"].map((key) => socket!.get(`SOCKADDR.${key}`))).toEqual([
    "inet",
    "192.0.2.1",
    "80",
    "{ saddr_fam=inet laddr=192.0.2.1 lport=80 }",
  ]);
});

it("emits an event that nothing closes once 64 others are open or 5 seconds have passed", () => {
  const seen: number[] = [];
  const reader = audit.open({ file: "x" }, { record: (one) => seen.push(one.recordId!), diagnostic: () => {} });
  const cwd = (serial: number, time = "1700000000.000") =>
    reader.push(text(`type=CWD msg=audit(${time}:${serial}): cwd="/"`));
  for (let serial = 0; serial < 64; serial += 1) cwd(serial);
  expect(seen).toEqual([]);
  cwd(64);
  expect(seen).toEqual([0]);
  cwd(65, "1700000005.001");
  expect(seen).toHaveLength(65);
});

it("does not depend on block size, and survives truncation at any place", () => {
  const whole = text(...FIND, EOE);
  const same = (step: number) => read(whole, step).records.map((one) => one.list("EXECVE.args"));
  expect(same(5)).toEqual(same(whole.length));
  for (let size = 0; size < whole.length; size += 7) {
    for (const one of read(whole.subarray(0, size)).records) one.names().map((name) => one.get(name));
  }
});

it("never throws", () => {
  const word = fc.constantFrom(
    "type=",
    "EXECVE",
    " msg=audit(1.2:3): ",
    "a1[0]=",
    '"',
    "'",
    "=",
    "{",
    "\x1d",
    "FF",
    "msg='",
    "\n",
    "saddr=0A00",
    " ",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
      for (const one of read(Buffer.from(words.join(""))).records) {
        one.names().map((name) => one.get(name));
        one.list("EXECVE.args");
      }
    }),
  );
});

it("reads any argument vector back from the kernel's encoding", () => {
  const encode = (argument: string, index: number) =>
    /^[!#-~]+$/.test(argument)
      ? `a${index}="${argument}"`
      : `a${index}=${Buffer.from(argument).toString("hex").toUpperCase()}`;
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1 }), (args) => {
      const line = `type=EXECVE msg=audit(1.000:1): argc=${args.length} ${args.map(encode).join(" ")}`;
      expect(read(text(line)).records[0]!.list("EXECVE.args")).toEqual(args);
    }),
  );
});

it("recognises its input", () => {
  expect(audit.sniff(text(...FIND), "x")).toBeGreaterThan(0.9);
  expect(audit.sniff(text("hello", "world"), "audit.log")).toBe(0);
  expect(audit.sniff(new Uint8Array(), "audit.log")).toBe(0);
  expect(audit.sniff(text("a", "b", "c", FIND[0]!), "syslog")).toBe(0);
});

const SHARED = "../shared/telemetry/background/otrf-security-datasets/linux/discovery/host/sh_arp_cache.zip";
it.skipIf(!existsSync(SHARED))("reads a real log (or skipped: no shared data)", async () => {
  const { inflateRawSync } = await import("node:zlib");
  const zip = readFileSync(SHARED);
  const at = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  const { records, diagnostics } = read(inflateRawSync(zip.subarray(at)));
  expect(diagnostics).toEqual([]);
  const runs = records.filter((one) => one.get("SYSCALL.syscall") === "59" && one.get("SYSCALL.success") === "yes");
  expect(runs.length).toBeGreaterThan(1);
  for (const one of runs) expect(one.list("EXECVE.args")).toHaveLength(Number(one.get("EXECVE.argc")));
});

it("reads what ausearch -i prints: words for numbers, and arguments without quotes", () => {
  const stamp = "msg=audit(01/15/2024 10:22:33.125:41)";
  const { records, diagnostics } = read(
    text(
      "----",
      `type=PROCTITLE ${stamp} : proctitle=sh -c echo a=b c `,
      `type=PATH ${stamp} : item=0 name=/usr/bin/my shell inode=7 dev=fd:00 nametype=NORMAL `,
      `type=CWD ${stamp} : cwd=/home/kim/my files `,
      `type=EXECVE ${stamp} : argc=4 a0=sh a1=-c a2=echo a0=b  a9=c a3=ABCD `,
      `type=SYSCALL ${stamp} : arch=x86_64 syscall=execve success=yes exit=0 ppid=10 pid=11 auid=kim uid=root comm=sh exe=/usr/bin/dash key=(null) `,
      "----",
      "type=SOCKADDR msg=audit(01/15/24 10:22:34.000:42) : saddr={ saddr_fam=inet laddr=192.0.2.1 lport=443 } ",
      "----",
      "type=USER_CMD msg=audit(15.01.2024 10:22:35.000:43) : pid=9 uid=kim auid=kim msg='cwd=/home/kim cmd=dd if=/dev/zero of=x exe=/usr/bin/sudo terminal=pts/0 res=success' ",
    ),
  );
  expect(diagnostics).toEqual([]);
  const times = records.map(({ recordId, time }) => [recordId, new Date(time ?? 0).toISOString()]);
  expect(Object.fromEntries(times)).toEqual({
    41: "2024-01-15T10:22:33.125Z",
    42: "2024-01-15T10:22:34.000Z",
    43: "2024-01-15T10:22:35.000Z",
  });
  const byId = (id: number) => records.find((one) => one.recordId === id)!;
  expect(byId(41).list("EXECVE.args")).toEqual(["sh", "-c", "echo a0=b  a9=c", "ABCD"]);
  expect(byId(41).list("PROCTITLE.args")).toBeUndefined();
  expect(["PROCTITLE.proctitle", "PATH0.name", "CWD.cwd", "SYSCALL.uid"].map((name) => byId(41).get(name))).toEqual([
    "sh -c echo a=b c",
    "/usr/bin/my shell",
    "/home/kim/my files",
    "root",
  ]);
  expect(["saddr_fam", "laddr", "lport"].map((key) => byId(42).get(`SOCKADDR.${key}`))).toEqual([
    "inet",
    "192.0.2.1",
    "443",
  ]);
  expect(["cmd", "exe", "res", "uid"].map((key) => byId(43).get(`USER_CMD.${key}`))).toEqual([
    "dd if=/dev/zero of=x",
    "/usr/bin/sudo",
    "success",
    "kim",
  ]);
});
