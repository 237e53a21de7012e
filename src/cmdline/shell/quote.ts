const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Writes words so that a POSIX shell reads exactly them back. */
export function shellQuote(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

function quoteWord(word: string, index: number): string {
  const assignment = index === 0 && word.includes("=");
  if (PLAIN.test(word) && !assignment) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
