import { expect, it } from "vitest";
import { parseShell } from "./shell.ts";

const words = (text: string) => parseShell(text).at(-1)?.argv;

it.each([
  ["t=$(mktemp); x $t", "/tmp/tmp.XXXXXXXXXX"],
  ["t=$(mktemp -d) && x $t/a", "/tmp/tmp.XXXXXXXXXX/a"],
  ["a=`mktemp`; b=`mktemp`; x $b", "/tmp/tmp.XXXXXXXXX1"],
  ["t=$(mktemp /var/tmp/k.XXXX); x $t", "/var/tmp/k.XXXX"],
  ["t=$(mktemp -p /run k.XXXX); x $t", "/run/k.XXXX"],
  ["t=$(mktemp --tmpdir=/run/ -d); x $t", "/run/tmp.XXXXXXXXXX"],
  ["t=$(mktemp -t k.XXXXXX --suffix .sh); x $t", "/tmp/k.XXXXXX.sh"],
  ["TMPDIR=/d; t=$(mktemp); x $t", "/d/tmp.XXXXXXXXXX"],
  ["t=$(mktemp k); x $t", "$t"],
  ["t=$(mktemp --odd); x $t", "$t"],
])("%s", (text, file) => {
  expect(words(text)).toEqual(["x", file]);
});
