import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const levelOf = (commandLine: string) =>
  explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.level;

describe("a shell that is told nothing to do", () => {
  it.each([
    "find . -exec /bin/sh \\; -quit",
    "sudo find /etc -maxdepth 1 -exec bash -p \\;",
    "split --filter='/bin/sh -i 0<&2 1>&2' /etc/hosts",
    "tar xf /dev/null -I '/bin/sh -c \"/bin/sh 0<&2 1>&2\"'",
    "ssh -o ProxyCommand=';sh 0<&2 1>&2' h",
    "rsync -e sh a h:",
  ])("tells on a program with another purpose: %s", (line) => expect(levelOf(line)).toBe("medium"));

  it.each([
    'find . -type d -exec bash -c "echo {}" \\;',
    "find . -name '*.sh' -exec bash -n {} \\;",
    "find . -name '*.sh' -exec sh {} \\;",
    "split -n 4 --filter='gzip > $FILE.gz' x",
    "tmux new-session bash",
    "screen -S build bash",
    "kubectl exec -it pod -- sh",
    "docker exec -it web bash",
    "nix-shell --run zsh",
    "su -s /bin/sh www-data",
    "make SHELL=/bin/bash test",
    "nice bash",
  ])("says nothing where that is what it is for, or there is something to do: %s", (line) =>
    expect(["informational", "low"]).toContain(levelOf(line)),
  );
});
