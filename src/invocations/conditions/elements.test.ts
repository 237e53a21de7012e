import { describe, expect, it } from "vitest";
import { AMBIENT } from "../../catalog/ambient.ts";
import { Numbering } from "../../grammar/numbering.ts";
import { Collector } from "../../grammar/types.ts";
import { inlinePayload } from "../payloads/payload.ts";
import { ambientNumber, Elements } from "./elements.ts";

const around = {
  arguments: 1,
  stdin: { text: "a", file: "b" },
  piped: () => ({ fetched: "https://example.org/c", decoded: ["d"], kept: "clipboard (k)" }),
  output: ["e"],
  env: { F: "f" },
  parent: "cmd.exe",
  image: "g.exe",
  domain: "example.org",
};

describe("elements of what surrounds a command", () => {
  // Nothing ever has $redirect: what asks for it is told by how shells are read.
  const supplied = Object.keys(AMBIENT).filter((element) => element !== "$redirect");
  it.each([...supplied, "$env.F"])("has a value where the surroundings have one: %s", (element) => {
    const given = new Collector(new Numbering());
    given.unknown.push("/x");
    const elements = new Elements(given, around);
    elements.running = [inlinePayload("h")];
    expect(elements.get(ambientNumber(element))?.length).toBeGreaterThan(0);
  });

  it("has no others", () => {
    const elements = new Elements(new Collector(new Numbering()), around);
    expect(elements.get(ambientNumber("$cwd"))).toBeUndefined();
  });
});
