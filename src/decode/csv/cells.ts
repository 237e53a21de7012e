const DELIMITERS = [",", "\t", ";", "|"];

/** What parts the cells of a header: the usual delimiter that makes most of them. */
export function delimiterOf(header: string): string {
  let best = ",";
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const count = splitCells(header, delimiter).length;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

/** The cells of a row; quotes around a cell are taken off, doubled ones inside it are one. At most `limit` cells. */
export function splitCells(row: string, delimiter: string, limit = 5000): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length && cells.length < limit; ) {
    const isQuoted = row.charCodeAt(at) === 0x22;
    const close = isQuoted ? closingQuote(row, at) : at;
    const next = row.indexOf(delimiter, close);
    const end = next < 0 ? row.length : next;
    cells.push(
      isQuoted ? row.slice(at + 1, close).replaceAll('""', '"') + row.slice(close + 1, end).trim() : row.slice(at, end),
    );
    at = end + 1;
  }
  return cells;
}

function closingQuote(row: string, start: number): number {
  for (let at = row.indexOf('"', start + 1); at >= 0; at = row.indexOf('"', at + 2)) {
    if (row.charCodeAt(at + 1) !== 0x22) return at;
  }
  return row.length;
}
