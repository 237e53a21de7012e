/** What Event Viewer calls the columns of a table that it saves, in English; the message has no name. */
const NAMES = ["Level", "Date and Time", "Source", "Event ID", "Task Category"];
const ID = 3;
const TIME = 1;

/** The date in the order of the language, then the time. */
const WRITTEN = /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,? (\d{1,2}):(\d\d):(\d\d)( [AP]M)?$/;

/**
 * The columns of a table that Event Viewer saved, whatever its language: those that it names, and one more cell in each row; undefined
 * where a header and a first row are not such a table. English ones may have other columns beside these.
 */
export function viewerColumns(header: readonly string[], row: readonly string[]): readonly string[] | undefined {
  if (NAMES.every((name) => header.includes(name))) {
    const isOpen = !header.includes("") && !header.includes("Message");
    return [...header, ...(isOpen ? ["Message"] : [])].map((name) => name || "Message");
  }
  const isSuch = header.length === NAMES.length && row.length === NAMES.length + 1 && !header.includes("");
  return isSuch && WRITTEN.test(row[TIME]!) && /^\d{1,5}$/.test(row[ID]!) ? [...NAMES, "Message"] : undefined;
}

/**
 * The time of such a row as ISO 8601 without a zone. The year comes first where it has four digits; else the day, except where the
 * half of the day is written (the United States), or there is no such month.
 */
export function viewerTime(written: string): string {
  const [, first, , second, third, hour, minute, clock, half] = WRITTEN.exec(written) ?? [];
  if (first === undefined || third === undefined || half !== undefined) return written;
  const isYearFirst = first.length === 4;
  const isMonthFirst = !isYearFirst && Number(second) > 12;
  const year = isYearFirst ? first : third;
  const month = isMonthFirst ? first : second!;
  const day = isYearFirst ? third : isMonthFirst ? second! : first;
  const two = (digits: string) => digits.padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour!)}:${minute}:${clock}`;
}
