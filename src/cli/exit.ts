/** Exit codes, part of the contract with scripts. */
export const EXIT = { done: 0, findings: 1, usage: 2, input: 3 } as const;

/** Of a run that was interrupted, as shells have it: 128 + SIGINT. */
export const INTERRUPTED = 130;

/** The exit code of a run whose stdout was closed by its reader, or that Ctrl-C ended. */
export function exitAfterAbort(signal: AbortSignal): number {
  return signal.reason === "closed" ? EXIT.done : INTERRUPTED;
}
