const DRIVE = /^\/(?:mnt\/|cygdrive\/)?([a-z])(\/.*)?$/is;

/**
 * A file of a drive of Windows as a Linux system within it sees that: `/mnt/c/x` is `C:\x`, and so are `/c/x` to the shell that comes
 * with Git and `/cygdrive/c/x` to that of Cygwin. Undefined for all others.
 */
export function onDrive(path: string): string | undefined {
  const [, letter, rest = "/"] = DRIVE.exec(path) ?? [];
  return letter === undefined ? undefined : `${letter.toUpperCase()}:${rest.replaceAll("/", "\\")}`;
}
