import { compileGlob, matchesWhole } from "./glob.ts";

/** Programs and files that are on nearly every machine, which patterns are written to stand for. In the order of a shell's expansion. */
const PROGRAMS =
  "awk base64 bash busybox cat chmod cp curl dash dd env find head id ls mkdir more mv nc ncat netcat nohup openssl perl php python3 rm ruby sed sh ssh tail tar tee wget xargs zsh".split(
    " ",
  );
const FILES = [
  ...["/bin/", "/sbin/", "/usr/bin/"].flatMap((folder) => PROGRAMS.map((name) => folder + name)),
  ..."/etc/crontab /etc/group /etc/gshadow /etc/hostname /etc/hosts /etc/passwd /etc/shadow /etc/sudoers".split(" "),
];

/** Marks of a pattern that stands for one character: few write them in a path but to hide it. */
const HIDING = /^\/(?=.{2,64}$)[^\s]*[?[]/s;

/** The file that a path with `?` or `[…]` in it stands for on nearly every machine; undefined for others. */
export function wellKnown(pattern: string): string | undefined {
  if (!HIDING.test(pattern)) return undefined;
  const steps = compileGlob(pattern);
  const slashes = pattern.split("/").length;
  return FILES.find((file) => file.split("/").length === slashes && matchesWhole(steps, file));
}
