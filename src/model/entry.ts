/**
 * The entry of a table that was made from an object literal, by a name that a stranger may have chosen. Every object answers to names
 * such as `constructor`, which stand in no table: these are undefined here.
 */
export const entryOf = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** A table for names that a stranger chooses: none stands in it before it is put there, and `__proto__` is a name like any other. */
export const tableOf = <T>(): Record<string, T> => Object.create(null) as Record<string, T>;
