import { isIPv6 } from "node:net";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeSockaddr } from "./sockaddr.ts";

const v6 = (address: string) => decodeSockaddr(`0A0001BB00000000${address}00000000`);

it("decodes addresses of the internet", () => {
  expect(decodeSockaddr("020001BBC6336407")).toEqual({ family: "inet", ip: "198.51.100.7", port: 443 });
  expect(v6("20010DB8000000000000000000000001")).toEqual({ family: "inet6", ip: "2001:db8::1", port: 443 });
  expect(v6("00000000000000000000000000000000")?.ip).toBe("::");
  expect(v6("00000000000000000000000000000001")?.ip).toBe("::1");
  expect(v6("20010DB8000000000001000000000000")?.ip).toBe("2001:db8:0:0:1::");
  expect(v6("00000000000000000000FFFFC0000201")?.ip).toBe("::ffff:192.0.2.1");
});

it("decodes unix sockets, abstract ones too", () => {
  expect(decodeSockaddr("01002F72756E2F7800AA")).toEqual({ family: "unix", path: "/run/x" });
  expect(decodeSockaddr("0100006162")).toEqual({ family: "unix", path: "@ab" });
});

it("answers nothing for what is short or unknown", () => {
  for (const saddr of ["", "0", "02", "0200", "0A00", "FFFF", "zz"]) expect(decodeSockaddr(saddr)).toBeUndefined();
});

it("writes IPv6 addresses as URLs have them", () => {
  const byte = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(255));
  fc.assert(
    fc.property(fc.array(byte, { minLength: 16, maxLength: 16 }), (bytes) => {
      const hex = Buffer.from(bytes).toString("hex");
      const { ip } = v6(hex)!;
      const full = hex.match(/.{4}/g)!.join(":");
      expect(isIPv6(ip!)).toBe(true);
      expect(new URL(`http://[${ip}]/`).hostname).toBe(new URL(`http://[${full}]/`).hostname);
      if (!ip!.includes(".")) expect(new URL(`http://[${full}]/`).hostname).toBe(`[${ip}]`);
    }),
  );
});
