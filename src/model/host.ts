/** A host under its short name, so that the spellings of two collectors meet; undefined where the log names none. */
export function shortHost(host: string): string;
export function shortHost(host: string | undefined): string | undefined;
export function shortHost(host: string | undefined): string | undefined {
  return host?.split(".", 1)[0]?.toLowerCase();
}
