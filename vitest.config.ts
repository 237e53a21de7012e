import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "lab/**/*.test.ts", "scripts/**/*.test.ts", "console/**/*.test.ts"],
    globalSetup: ["./scripts/test-setup.ts"],
    reporters: ["default", "./scripts/test-line.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: "threads",
    // One for each processor; the default leaves one idle.
    maxWorkers: "100%",
  },
});
