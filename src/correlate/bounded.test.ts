import fc from "fast-check";
import { expect, it } from "vitest";
import { Bounded } from "./bounded.ts";

const step = fc.record({
  key: fc.integer({ min: 0, max: 9 }).map(String),
  age: fc.integer({ min: 0, max: 3 }),
  expires: fc.boolean(),
});

it("forgets the oldest, as one that looks for it every time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (most, steps) => {
      const forgotten: string[] = [];
      const bounded = new Bounded<number>(most, (key, value) => forgotten.push(`${key}=${value}`));
      let plain: (readonly [string, number])[] = [];
      const expected: string[] = [];
      const forget = () => expected.push(plain.shift()!.join("="));
      for (const { key, age, expires } of steps) {
        if (expires) {
          bounded.expire((value) => value < age);
          while (plain[0] && plain[0][1] < age) forget();
        } else {
          bounded.set(key, age);
          plain = [...plain.filter(([other]) => other !== key), [key, age]];
          if (plain.length > most) forget();
        }
        expect([...bounded.map]).toEqual(plain);
        expect(forgotten).toEqual(expected);
      }
    }),
  );
});

it("keeps of a long key only its beginning, and still tells long keys apart", () => {
  const bounded = new Bounded<number>(9);
  const long = "x".repeat(1 << 20);
  bounded.set(`${long}a`, 1);
  bounded.set(`${long}b`, 2);
  expect([bounded.get(`${long}a`), bounded.get(`${long}b`), bounded.get(long)]).toEqual([1, 2, undefined]);
  const keys = [...bounded.map.keys()];
  expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(1024);
  // What a snapshot keeps is found again.
  const restored = new Bounded<number>(9);
  for (const [key, value] of bounded.map) restored.set(key, value);
  expect(restored.get(`${long}b`)).toBe(2);
});
