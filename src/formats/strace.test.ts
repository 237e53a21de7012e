import { describe, expect, it } from "vitest";
import { createUnderstander } from "../events/registry.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Event } from "../model/event.ts";
import { strace } from "./strace.ts";

function read(text: string, file = "trace") {
  const events: Event[] = [];
  const diagnostics: Diagnostic[] = [];
  const { understand } = createUnderstander();
  const reader = strace.open(
    { file },
    {
      record: (record) => events.push(...(understand(record) ?? [])),
      diagnostic: (diagnostic) => diagnostics.push(diagnostic),
    },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return { events, diagnostics };
}

const ID = 'execve("/usr/bin/id", ["id", "-u"], 0x7ffe /* 24 vars */) = 0';

describe("strace", () => {
  it.each([
    ["no prefix", ID, undefined, undefined],
    ["-f -o", `811   ${ID}`, 811, undefined],
    ["-f", `[pid   811] ${ID}`, 811, undefined],
    ["-f -Y -tt", `[pid 811<sh>] 09:10:11.123456 ${ID}`, 811, undefined],
    ["-f -ttt -T", `811 1772615411.250000 ${ID} <0.000412>`, 811, 1_772_615_411_250],
    ["-r -i", `     0.000123 [00007f3b41094000] ${ID}`, undefined, undefined],
    ["-v", `811 ${ID.replace("0x7ffe /* 24 vars */", '["A=) = 1", "B=\\"x"]')}`, 811, undefined],
  ])("reads what %s makes of a line", (_, line, pid, time) => {
    const { events, diagnostics } = read(`${line}\n+++ exited with 0 +++\n`);
    expect(strace.sniff(Buffer.from(`${line}\n`), "x")).toBeGreaterThan(0.5);
    expect(diagnostics).toEqual([]);
    expect(events).toMatchObject([
      { kind: "processCreation", image: "/usr/bin/id", args: ["id", "-u"], platform: "linux", time },
    ]);
    expect(events[0]!.process?.pid).toBe(pid);
  });

  it("joins calls that others came between, and knows whose child a process is", () => {
    const { events } = read(`811   execve("/bin/sh", ["sh", "-c", "id"], 0x1 /* 3 vars */) = 0
811   vfork( <unfinished ...>
812   execve("/usr/bin/id", ["id"], 0x1 /* 3 vars */ <unfinished ...>
811   <... vfork resumed>)              = 812
812   <... execve resumed>)             = 0
812   execve("/nowhere", ["nowhere"], 0x1 /* 3 vars */) = -1 ENOENT (No such file or directory)
`);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ image: "/bin/sh", args: ["sh", "-c", "id"] });
    expect(events[1]).toMatchObject({ image: "/usr/bin/id", parent: { pid: 811, image: "/bin/sh" } });
  });

  it("undoes escapes, and says what strace cut", () => {
    const { events, diagnostics } = read(
      `execve("/bin/sh", ["sh", "-c", "a \\"b\\"\\n\\303\\274\\x21", "xx"..., ...], 0x1) = 0\n`,
    );
    expect(events).toMatchObject([{ args: ["sh", "-c", 'a "b"\nü!', "xx"] }]);
    expect(diagnostics).toMatchObject([{ code: "input/limit", line: 1 }]);
  });

  it("reads connections, and files that are made", () => {
    const { events } = read(
      `7 connect(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 EINPROGRESS (Operation now in progress)
7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::7", &sin6_addr), sin6_scope_id=0}, 28) = 0
7 openat(AT_FDCWD, "/tmp/a", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3
7 openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3
7 openat(AT_FDCWD, "/tmp/b", O_WRONLY|O_CREAT, 0666) = -1 EACCES (Permission denied)
`,
    );
    expect(events).toMatchObject([
      { kind: "networkConnection", destinationIp: "192.0.2.7", destinationPort: 8080 },
      { kind: "networkConnection", destinationIp: "2001:db8::7", destinationPort: 443 },
      { kind: "fileCreation", path: "/tmp/a" },
    ]);
  });

  it("takes the process of a file of its own from the file's name, and says of lines that are none where they stand", () => {
    expect(read(`${ID}\n`, "out/trace.4711").events[0]!.process?.pid).toBe(4711);
    const { events, diagnostics } = read(`${ID}\nhello\n5 execve("/a", ["a"], 0x1 <unfinished ...>\n`);
    expect(events).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      { code: "strace/no-call", line: 2, index: 1 },
      { code: "strace/no-call", index: 2 },
    ]);
  });

  it("is not taken for source code that calls functions", () => {
    const code = 'execve("/bin/sh", args, env);\nconnect(fd, &address, sizeof(address));\n';
    expect(strace.sniff(Buffer.from(code), "a.c")).toBe(0);
  });
});
