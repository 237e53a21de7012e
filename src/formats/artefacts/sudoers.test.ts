import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createUnderstander } from "../../events/registry.ts";
import { sudoers } from "./sudoers.ts";
import { sudoLine } from "./sudoers-line.ts";

const SAMPLE = `# rules
Defaults env_reset
Cmnd_Alias EDIT = /usr/bin/vim /etc/hosts, SHOW : SHOW = /usr/bin/less
kim ALL=(root) NOPASSWD: /usr/bin/find, EDIT
%ops web1 = /usr/bin/tar cf \\
  /srv/a\\,b : db1 = (pg : pg) /usr/bin/psql
eve ALL=(ALL:ALL) ALL, !/bin/su
`;

function read(text: string) {
  const found: unknown[] = [];
  const reader = sudoers.open(
    { file: "/etc/sudoers" },
    {
      record: (record) =>
        void found.push(
          ["user", "runAs", "tags", "command"].map((name) => record.get(name)),
          ...createUnderstander()
            .understand(record)
            .map(({ kind }) => kind),
        ),
      diagnostic: ({ code, line }) => void found.push([code, line]),
    },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return found;
}

describe("sudoers", () => {
  it("gives one record a command, with aliases expanded", () => {
    expect(read(SAMPLE).filter(Array.isArray)).toEqual([
      ["kim", "root", "NOPASSWD", "/usr/bin/find"],
      ["kim", "root", "NOPASSWD", "/usr/bin/vim /etc/hosts"],
      ["kim", "root", "NOPASSWD", "/usr/bin/less"],
      ["%ops", undefined, undefined, "/usr/bin/tar cf    /srv/a,b"],
      ["%ops", "pg:pg", undefined, "/usr/bin/psql"],
    ]);
    expect(read("kim ALL=/usr/bin/find")).toContain("commandExecution");
  });

  it("says which line is none", () => {
    expect(read("what is this\nkim ALL=/bin/ls\n")).toContainEqual(["artefact/damaged", 1]);
  });

  it("ends where aliases go in circles", () => {
    expect(read("Cmnd_Alias A = B, /bin/a\nCmnd_Alias B = A, A\nkim ALL=A\n").length).toBeLessThan(5000);
  });

  it("stands where sudoers stand", () => {
    const head = Buffer.from("kim ALL=(root) /usr/bin/find\n");
    expect(sudoers.sniff(head, "img!etc/sudoers.d/kim")).toBeGreaterThan(0.5);
    expect(sudoers.sniff(head, "notes.txt")).toBe(0);
    const page = new TextEncoder().encode(
      `.TH SUDOERS 5\n.SH EXAMPLES\nThis lets kim do all:\n${SAMPLE.split("\n")[3]}\n.SH SEE ALSO\n`,
    );
    expect(sudoers.sniff(page, "usr/share/man/man5/sudoers.5")).toBe(0);
  });

  it("bears any line", () => {
    const word = fc.constantFrom(
      "ALL",
      "=",
      "(",
      ")",
      ",",
      ":",
      "\\",
      '"',
      "NOPASSWD:",
      "Cmnd_Alias ",
      " ",
      "!",
      "#",
      "sha256:a ",
    );
    fc.assert(fc.property(fc.array(fc.oneof(word, fc.string())), (words) => void sudoLine(words.join(""))));
  });
});
