import { describe, expect, it } from "vitest";
import type { Payload } from "../../model/payload.ts";
import { Folder } from "./folder.ts";

const file = (value: string): Payload => ({ what: "executable", where: "local", value, remote: false });

function gone(platform: "linux" | "windows", ...commands: readonly string[]): Folder {
  const folder = new Folder(platform);
  for (const command of commands) {
    const [name = "", ...args] = command.split(" ");
    folder.note(name, args);
  }
  return folder;
}

describe("the folder of a text", () => {
  it.each([
    [["cd /tmp"], "./k", "/tmp/k"],
    [["cd /tmp"], "k.sh", "/tmp/k.sh"],
    [["cd /tmp", "cd /var/run", "cd /"], "./k", "/tmp/k"],
    [["cd /tmp", "ls", "cd /opt/"], "./k", "/opt/k"],
    [["cd /tmp", "ls", "cd a/b"], "./k", "/tmp/a/b/k"],
    [["cd /tmp", "cd a"], "./k", "/tmp/a/k"],
  ] as const)("after %s makes of %s", (commands, value, resolved) => {
    expect(gone("linux", ...commands).whole(file(value)).resolved).toBe(resolved);
  });
  it.each([
    [["cd sub"], "./k"],
    [["cd /tmp", "ls", "cd ../a"], "./k"],
    [["cd /tmp", "ls", "cd $D"], "./k"],
    [["cd /tmp", "ls", "cd -"], "./k"],
    [["cd /tmp"], "/opt/k"],
    [["cd /tmp"], "../k"],
    [[], "./k"],
  ] as const)("is not known after %s for %s", (commands, value) => {
    expect(gone("linux", ...commands).whole(file(value)).resolved).toBeUndefined();
  });
  it("is one of Windows, too", () => {
    expect(gone("windows", "pushd %APPDATA%").whole(file("a.exe")).resolved).toBe("%appdata%\\a.exe");
    expect(gone("windows", "cd /d D:\\k").whole(file("a.exe")).resolved?.toLowerCase()).toBe("d:\\k\\a.exe");
  });
});
