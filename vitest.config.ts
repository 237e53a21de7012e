import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts", "lab/**/*.test.ts", "scripts/**/*.test.ts", "console/**/*.test.ts"],
    globalSetup: ["./scripts/test-setup.ts"],
    reporters: ["default", "./scripts/test-line.ts"],
    // What hangs ends here. What must be quick is held to its CPU (test/support/cost.ts), as the clock tells how busy a machine is.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "threads",
    // One for each processor; the default leaves one idle.
    maxWorkers: "100%",
  },
});
