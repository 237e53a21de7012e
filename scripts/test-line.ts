import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with the line `N passed, N failed`, which .ci/run and people read. Failed and skipped tests are named. */
export default class TestLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    const names: string[] = [];
    for (const module of modules) {
      // A file that cannot be loaded has no tests to count, but must not pass for a success.
      if (module.errors().length > 0) {
        failed++;
        names.push(`failed: ${module.relativeModuleId}`);
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        if (state !== "passed") names.push(`${state}: ${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    // What failed comes last, where the end of a long log shows it.
    for (const name of names.sort().reverse()) process.stdout.write(`${name}\n`);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
