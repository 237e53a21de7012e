const DRIVE = /^\/mnt\/([a-z])(\/.*)?$/is;

/** A file of a drive of Windows as a Linux system within it sees that: `/mnt/c/x` is `C:\x`. Undefined for all others. */
export function onDrive(path: string): string | undefined {
  const [, letter, rest = "/"] = DRIVE.exec(path) ?? [];
  return letter === undefined ? undefined : `${letter.toUpperCase()}:${rest.replaceAll("/", "\\")}`;
}
