/** What the system says, without the path, which the diagnostic has already. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ? `${code}: ${(message ?? "").replace(/^\w+: /, "").split(",")[0]}` : String(message ?? error);
}
