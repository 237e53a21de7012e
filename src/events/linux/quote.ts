/** Characters that no shell takes for its own. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** An argument vector as a POSIX shell would have to be given it; the reading back is exact. */
export function shellQuote(args: readonly string[]): string {
  return args.map((arg) => (PLAIN.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`)).join(" ");
}
