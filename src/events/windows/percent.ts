/**
 * Sysmon for Windows doubles every `%` of CommandLine and of a registry value's Details, and none of ParentCommandLine.
 * A text in which some run of `%` has an odd length was therefore not doubled (or was repaired on its way here) and
 * stays as it is.
 */
export function undoublePercent(line: string): string {
  if (!line.includes("%%")) return line;
  const runs = line.match(/%+/g)!;
  return runs.some((run) => run.length % 2 === 1) ? line : line.replaceAll("%%", "%");
}
