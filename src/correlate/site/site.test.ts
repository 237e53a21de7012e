import { BlockList, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addressOf } from "./address.ts";
import { HostList } from "./host-list.ts";
import { emptyList, readList } from "./read.ts";
import { Site } from "./site.ts";

function listOf(...entries: readonly string[]): HostList {
  const list = new HostList();
  for (const entry of entries) expect(list.add(entry)).toBeUndefined();
  return list;
}

describe("a list of hosts", () => {
  it.each([
    ["example.org", ["example.org", "EXAMPLE.ORG."], ["a.example.org", "example.org.evil.net", "org"]],
    ["*.example.org", ["a.example.org", "b.a.example.org"], ["example.org", "aexample.org"]],
    [".example.org", ["example.org", "a.example.org"], ["aexample.org"]],
    ["192.0.2.0/24", ["192.0.2.0", "192.0.2.255", "::ffff:192.0.2.7"], ["192.0.3.0", "192.0.2.1.example.org"]],
    ["2001:db8::/32", ["2001:db8::1", "[2001:DB8:0:0::2]", "2001:db8:ffff::%eth0"], ["2001:db9::1"]],
    ["2001:db8::7", ["2001:0db8:0000::0007"], ["2001:db8::8"]],
  ])("holds what %s stands for", (entry, inside, outside) => {
    const list = listOf(entry);
    for (const host of inside) expect(list.holds(host), host).toBe(true);
    for (const host of outside) expect(list.holds(host), host).toBe(false);
  });

  it.each([
    "",
    "a b",
    "ex*mple.org",
    "*",
    "**.org",
    "192.0.2.256",
    "192.0.2",
    "192.0.2.0/33",
    "192.0.2.1/24",
    "0.0.0.0/0",
    "::/0",
    "a..b",
    "-a.org",
    `${"a".repeat(64)}.org`,
  ])("refuses “%s”", (entry) => {
    const list = new HostList();
    expect(list.add(entry)).toMatch(/“/);
    expect(list.size).toBe(0);
  });

  const octet = fc.integer({ min: 0, max: 255 });
  const address = fc.tuple(octet, octet, octet, octet);
  it("agrees with Node about ranges", () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 8, max: 32 }), (base, other, length) => {
        const bits = 32 - length;
        const number = base.reduce((value, part) => value * 256 + part, 0);
        const cut = Math.floor(number / 2 ** bits) * 2 ** bits;
        const network = [24, 16, 8, 0].map((at) => Math.floor(cut / 2 ** at) % 256).join(".");
        const theirs = new BlockList();
        theirs.addSubnet(network, length);
        const ours = listOf(`${network}/${length}`);
        for (const one of [base.join("."), other.join("."), network]) expect(ours.holds(one)).toBe(theirs.check(one));
      }),
    );
  });

  it("reads every way of writing an address", () => {
    // Node takes some forms of RFC 4291 for no address.
    const written = fc.ipV6().filter((text) => isIPv6(text));
    fc.assert(fc.property(written, (text) => listOf(text).holds(text.toUpperCase())));
    expect(addressOf("::ffff:192.0.2.7")).toEqual(addressOf("192.0.2.7"));
  });

  it("takes any text", () => {
    const list = new HostList();
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        list.add(text);
        list.holds(text);
      }),
    );
  });
});

describe("a file of entries", () => {
  const SHA = "0".repeat(63).concat("a");
  it("has comments, addresses that nobody follows by accident, and hashes", () => {
    const listed = emptyList();
    const text = `\uFEFF# feed\r\nevil.example # seen\r\n\r\n  drop[.]example\n${SHA.toUpperCase()}\n198.51.100.0/24`;
    expect(readList("feed.txt", text, listed, true)).toEqual([]);
    const site = new Site(emptyList(), listed);
    for (const host of ["evil.example", "drop.example", "198.51.100.3"]) expect(site.isListed([host])).toBe(true);
    expect(site.isListedFile(`MD5=${"1".repeat(32)},SHA256=${SHA}`)).toBe(true);
    expect(site.isListedFile(`SHA256=${SHA.replace("a", "b")}`)).toBe(false);
  });

  it("tells of bad lines with their place, and keeps the others", () => {
    const listed = emptyList();
    const text = `good.example\n   bad host\nhttps://drive.example/x\n${SHA}\n${"a".repeat(400)}\nlast.example`;
    const told = readList("own.txt", text, listed, false);
    expect(told.map(({ line, column, code }) => [line, column, code])).toEqual([
      [2, 4, "list/bad-line"],
      [3, 1, "list/bad-line"],
      [4, 1, "list/bad-line"],
      [5, 1, "list/bad-line"],
    ]);
    expect(listed.hosts.holds("good.example") && listed.hosts.holds("last.example")).toBe(true);
    expect(listed.hosts.size).toBe(2);
  });
});

it("holds a host that is both trusted and listed for listed", () => {
  const [own, hostile] = [emptyList(), emptyList()];
  own.hosts.add(".example.org");
  hostile.hosts.add("drop.example.org");
  const site = new Site(own, hostile);
  expect(site.isTrusted(["www.example.org"])).toBe(true);
  expect(site.isTrusted(["drop.example.org"])).toBe(false);
  expect(site.isListed(["drop.example.org"])).toBe(true);
});
