/**
 * The entry of a table that was made from an object literal, by a name that a stranger may have chosen. Every object answers to names
 * such as `constructor`, which stand in no table: these are undefined here.
 */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
