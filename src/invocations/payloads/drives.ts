const DRIVE = /^\/(?:mnt|cygdrive)\/([a-z])(\/.*)?$|^\/([a-z])(\/[^/]{2}.*)$/is;

/**
 * A file of a drive of Windows as a Linux system within it sees that: `/mnt/c/x` is `C:\x`, as are `/cygdrive/c/x` of Cygwin and `/c/xy` of
 * MSYS2. Undefined for all others, as for options (`/s/q`).
 */
export function onDrive(path: string): string | undefined {
  const [, mounted, within = "/", own, below = within] = DRIVE.exec(path) ?? [];
  const letter = mounted ?? own;
  return letter === undefined ? undefined : `${letter.toUpperCase()}:${below.replaceAll("/", "\\")}`;
}
