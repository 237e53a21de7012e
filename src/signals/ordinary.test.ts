import { expect, it } from "vitest";
import { testCatalog } from "../../test/support/events.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "../score/judge.ts";

const install = (file: string) => {
  const request = { platform: "windows", commandLine: `msiexec /i C:\\Users\\kim\\Downloads\\${file} /q` } as const;
  const judgement = judge(resolve(request, testCatalog()), { parent: "C:\\Windows\\explorer.exe" });
  return judgement?.reasons.map(({ id }) => id);
};

it("takes a download that is installed for ordinary", () => {
  expect(install("viewer.msi")).toContain("documented-use");
});

it.each(["ripple3.tmp", "ripple.log", "invoice.pdf.msi"])("does not where its name says something else: %s", (file) => {
  expect(install(file)).not.toContain("documented-use");
});
