import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Case } from "../src/model/case.ts";
import type { Evidence, Finding } from "../src/model/finding.ts";
import { LEVELS } from "../src/model/level.ts";
import { html } from "../src/outputs/html.ts";
import { aCase, aFinding, aSummary, HOSTILE, hostileFinding } from "./support/finding.ts";
import { whatran } from "./support/io.ts";
import { folder } from "./support/logs.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const there = existsSync(CHROMIUM);

const plain: Finding[] = [
  aFinding({ id: "a", source: { ...aFinding().source, index: 23 } }),
  aFinding({
    id: "b",
    level: "medium",
    score: 44,
    title: "rundll32.exe calls an exported function of a library",
    commandLine: "rundll32.exe C:\\ProgramData\\u.dat,#1",
    binary: { name: "rundll32.exe", renamed: false, platform: "windows" },
    techniques: ["T1218.011"],
    host: "DC-01",
    time: "2024-05-03T10:00:00.000Z",
    source: { ...aFinding().source, index: 40 },
    related: [{ file: "logs/acct-07.evtx", index: 23, role: "wrapper" }],
  }),
];
const hostile = HOSTILE.map((text, index) => hostileFinding(text, { id: `h${index}`, level: "low", score: 20 }));

function pageOf(findings: readonly Finding[], cases: readonly Case[] = []): string {
  let text = "";
  const writer = html.open((part) => (text += part), { width: 80, colour: false, quiet: false, profile: "verbose" });
  for (const finding of findings) writer.finding(finding);
  for (const item of cases) writer.case?.(item);
  writer.end(aSummary({ findings: { critical: 1, medium: 1, low: hostile.length } }));
  return text;
}

describe("the page's text", () => {
  it("allows nothing but its own script and style", () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(pageOf(plain))?.[1] ?? "";
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$/,
    );
  });

  it("holds no markup of strangers", () => {
    const text = pageOf(hostile);
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<\/script/g)).toHaveLength(2);
    expect(text).not.toMatch(/<img|<!--/);
  });

  it("keeps the highest findings where there are too many, and says so", () => {
    const many = Array.from({ length: 12_000 }, (_, index) => aFinding({ id: `${index}`, score: (index % 1000) / 10 }));
    const data = JSON.parse(/id="data">(.*?)<\/script>/s.exec(pageOf(many))?.[1] ?? "");
    expect(data.findings).toHaveLength(5000);
    expect(data.left).toBe(7000);
    expect(Math.min(...data.findings.map((one: Finding) => one.score))).toBeGreaterThan(58);
  });
});

describe.skipIf(!there)(there ? "in a browser" : "in a browser (skipped: no chromium)", () => {
  const dir = folder();
  let browser: Browser;
  const troubles: string[] = [];

  async function open(
    findings: readonly Finding[],
    options: Parameters<Browser["newPage"]>[0] = {},
    cases: readonly Case[] = [],
  ): Promise<Page> {
    const file = join(dir.path, `${findings.length}.html`);
    writeFileSync(file, pageOf(findings, cases));
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
    page.on("console", (message) => troubles.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) troubles.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  beforeAll(async () => {
    const { chromium } = await import("playwright-core");
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    dir.remove();
  });

  it("shows hostile texts as texts, runs none, and asks nobody for anything", async () => {
    const page = await open([...plain, ...hostile]);
    const rows = page.locator(".row");
    expect(await rows.count()).toBe(plain.length + hostile.length);
    for (let index = 0; index < (await rows.count()); index++) {
      await rows.nth(index).click();
      expect(await page.locator(".detail").count()).toBe(1);
    }
    expect(await page.locator("img, iframe, object, script[src], link").count()).toBe(0);
    const text = (await page.locator("#app").textContent()) ?? "";
    expect(text).toContain("</script><script>alert(1)</script>");
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(await page.locator("mark.hidden").count()).toBeGreaterThan(0);
    expect(await page.locator('a:not([href^="https://attack.mitre.org/"])').count()).toBe(0);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("filters by words, level, technique, binary, host and time", async () => {
    const page = await open([...plain, ...hostile]);
    const count = () => page.locator(".row").count();
    await page.getByRole("searchbox").fill("programdata U.DAT");
    expect(await count()).toBe(1);
    await page.getByRole("searchbox").fill("");
    await page.locator(".tile.critical").click();
    expect(await count()).toBe(1);
    await page.locator(".tile.critical").click();
    await page.locator(".facet button", { hasText: "T1218.011" }).click();
    expect(await count()).toBe(1);
    await page.locator(".facet button", { hasText: "T1218.011" }).click();
    await page.locator(".facet").last().locator(".more").click();
    await page.locator(".facet button", { hasText: "DC-01" }).click();
    expect(await page.locator(".row .title").allTextContents()).toEqual([plain[1]?.title]);
    await page.locator(".chip").click();
    await page.locator(".bin:enabled").last().click();
    expect(await page.locator(".row .title").allTextContents()).toEqual([plain[1]?.title]);
    await page.close();
  });

  it("has one bar of the timeline in the order of the tab key, and the others by arrows", async () => {
    const page = await open(plain);
    const focused = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
    const bars = page.locator(".bin:enabled");
    expect(await page.locator(".bin[tabindex='0']").count()).toBe(1);
    await bars.first().focus();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe(await bars.nth(1).getAttribute("aria-label"));
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.classList.contains('bin')")).toBe(false);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Home");
    expect(await focused()).toBe(await bars.first().getAttribute("aria-label"));
    await page.close();
  });

  it("leads from a finding to the process that started it", async () => {
    const page = await open(plain);
    await page.locator(".row", { hasText: "rundll32.exe calls" }).click();
    await page.locator(".tree button").click();
    expect(await page.locator(".finding.open .title").textContent()).toBe(plain[0]?.title);
    expect(new URL(page.url()).hash).toBe("#f-a");
    await page.close();
  });

  it("says what the records around a finding are, and no record twice", async () => {
    const file = aFinding().source.file;
    const [fact] = aFinding().evidence;
    const finding = aFinding({
      evidence: [{ ...(fact as Evidence), events: [{ file, index: 7, recordId: 107 }] }],
      related: [
        { file, index: 7, recordId: 107, role: "evidence" },
        { file, index: 8, recordId: 108, role: "child" },
        { file: "logs/other.evtx", index: 9, role: "same" },
      ],
    });
    const page = await open([finding]);
    await page.locator(".row").first().click();
    expect(await page.locator(".tree li:not(.self)").allTextContents()).toEqual([
      "a process that it started record 108",
      "the same start in another log other.evtx #9",
    ]);
    expect(await page.locator(".evidence").textContent()).toContain("record 107");
    await page.close();
  });

  it.each(["light", "dark"] as const)("is readable in %s: text stands out from its ground", async (colorScheme) => {
    const levels = LEVELS.map((level) => aFinding({ id: level, level }));
    const page = await open([...levels, ...hostile], { colorScheme });
    await page.locator(".row").first().click();
    const contrast = await page.evaluate(CONTRAST);
    expect(contrast).toBeGreaterThan(4.5);
    await page.close();
  });

  it("fits a narrow window without a sideways scroll", async () => {
    const page = await open([...plain, ...hostile], { viewport: { width: 390, height: 800 } });
    await page.locator(".row").first().click();
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.close();
  });

  it("tells cases, and leads from them to their findings", async () => {
    const page = await open(plain, {}, [aCase("<b>On PC1</b>"), aCase("alone", { id: "c2", findings: ["a"] })]);
    expect(await page.locator(".cases summary").allTextContents()).toEqual([
      expect.stringContaining("<b>On PC1</b> 2 findings"),
    ]);
    await page.locator(".cases summary").click();
    await page.locator(".cases button").last().click();
    expect(await page.locator(".finding.open .title").textContent()).toBe(plain[1]?.title);
    expect(troubles).toEqual([]);
    await page.close();
  });

  it("lays out the first cases, and the others when asked", async () => {
    const page = await open(
      plain,
      {},
      Array.from({ length: 7 }, (_, at) => aCase(`story ${at}`, { id: `c${at}` })),
    );
    expect(await page.locator(".cases details").count()).toBe(5);
    await page.getByRole("button", { name: "Show all 7 cases" }).click();
    expect(await page.locator(".cases details").count()).toBe(7);
    await page.close();
  });

  it("has companions that fit a narrow window: what logs show, and a plan", async () => {
    const logs = join(import.meta.dirname, "../examples/telemetry/background");
    const around = { cwd: dir.path };
    expect((await whatran(["coverage", logs, "-o", "coverage.html", "-q"], around)).code).toBe(0);
    expect((await whatran(["harden", logs, "-o", "plan", "-q"], around)).code).toBe(0);
    for (const file of ["coverage.html", join("plan", "plan.html")]) {
      const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
      await page.goto(pathToFileURL(join(dir.path, file)).href);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      expect(await page.locator("main").count()).toBe(1);
      await page.close();
    }
  }, 60_000);

  it("says in place of findings where to look when there are none", async () => {
    const page = await open([]);
    expect(await page.locator("main").textContent()).toContain("whatran coverage");
    await page.close();
  });

  it("prints every finding with its evidence", async () => {
    const page = await open(plain);
    await page.emulateMedia({ media: "print" });
    await page.locator(".detail").nth(1).waitFor();
    expect(await page.locator(".detail").count()).toBe(2);
    expect(await page.locator(".filters").isVisible()).toBe(false);
    await page.close();
  });
});

/** Least contrast (WCAG 2) between a text and the ground under it. */
const CONTRAST = `(() => {
  const channels = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const c = channels(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  let least = 21;
  for (const node of document.querySelectorAll(".score b, .score span, .notice, mark, .title, .line, .where time, .where span, .lead, h3, .fact, .points, .facts dt, dd, pre, .kind:not(.remote), .state")) {
    const pair = [light(channels(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
    least = Math.min(least, (pair[0] + 0.05) / (pair[1] + 0.05));
  }
  return least;
})()`;
