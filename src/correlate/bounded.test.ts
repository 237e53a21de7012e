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
