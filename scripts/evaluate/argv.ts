/**
 * Splits a POSIX shell line into argv where that can be said without a shell; undefined where the line holds
 * operators, expansions or assignments, so that no argv was ever passed on as it stands.
 */
export function splitArgv(line: string): string[] | undefined {
  const argv: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (c === " " || c === "\t") {
      if (word !== undefined) argv.push(word);
      word = undefined;
    } else if (c === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) return undefined;
      word = (word ?? "") + line.slice(i + 1, end);
      i = end;
    } else if (c === '"') {
      const quoted = readDoubleQuoted(line, i + 1);
      if (!quoted) return undefined;
      word = (word ?? "") + quoted.text;
      i = quoted.end;
    } else if (c === "\\" && i + 1 < line.length) {
      word = (word ?? "") + line[++i];
    } else if (/[|&;<>()$`\n*?[\]{}~#]/.test(c)) {
      return undefined;
    } else {
      word = (word ?? "") + c;
    }
  }
  if (word !== undefined) argv.push(word);
  return argv.length > 0 && !/^\w+=/.test(argv[0] ?? "") ? argv : undefined;
}

function readDoubleQuoted(line: string, from: number): { text: string; end: number } | undefined {
  let text = "";
  for (let i = from; i < line.length; i++) {
    const c = line[i] as string;
    if (c === '"') return { text, end: i };
    if (c === "$" || c === "`") return undefined;
    if (c === "\\" && /["\\$`]/.test(line[i + 1] ?? "")) text += line[++i];
    else text += c;
  }
  return undefined;
}
