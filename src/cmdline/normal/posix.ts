const [DOT, SLASH, TILDE] = [0x2e, 0x2f, 0x7e];

/** Whether text is a path as Linux and macOS write it: from the root or the home, no backslash. */
export function isPosixPath(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== SLASH && first !== DOT && first !== TILDE) return false;
  return /^(?:\/(?!\/)|~[a-z0-9_-]{0,32}\/|\.{1,2}\/)/i.test(text) && !text.includes("\\");
}

/** The shared memory of Linux by its older names, which systems keep as links. */
const SHARED_MEMORY = /^\/(?:var\/)?run\/shm(?=\/|$)/;

/** Whether a path lies in the shared memory, by an older name of that. */
export const isOldShared = (path: string): boolean =>
  (path.startsWith("/run/shm") || path.startsWith("/var/run/shm")) && SHARED_MEMORY.test(path);

/** A POSIX path without doubled slashes, `.` and resolvable `..`; case stays. No links are followed but those of the shared memory. */
export function normalPosix(path: string): string {
  const rooted = path.startsWith("/");
  const out: string[] = [];
  for (const name of path.split("/")) {
    if (name === "" || name === ".") continue;
    if (name !== "..") out.push(name);
    else if (out.length > 0 && out.at(-1) !== ".." && out.at(-1) !== "~") out.pop();
    else if (!rooted) out.push(name);
  }
  return ((rooted ? "/" : "") + out.join("/")).replace(SHARED_MEMORY, "/dev/shm");
}
