import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

it("is told of the process itself, and not of the larger one that started it", () => {
  const own = `import(${JSON.stringify(new URL("peak.ts", import.meta.url).href)}).then((it) => console.log(it.peakMiB()))`;
  const arguments_ = JSON.stringify(["--import", import.meta.resolve("tsx"), "-e", own]);
  const large = `const held = Buffer.alloc(1 << 29, 1); process.stdout.write(require("node:child_process").spawnSync(process.execPath, ${arguments_}).stdout, () => held.length)`;
  const { stdout } = spawnSync(process.execPath, ["-e", large], { encoding: "utf8" });
  expect(Number(stdout)).toBeGreaterThan(20);
  expect(Number(stdout)).toBeLessThan(400);
});
