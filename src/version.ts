import { readFileSync } from "node:fs";

/** Put in by the build; absent when the sources run as they are. */
declare const WHATRAN_VERSION: string | undefined;

function fromPackage(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Version of the tool. */
export const VERSION: string = typeof WHATRAN_VERSION === "string" ? WHATRAN_VERSION : fromPackage();
