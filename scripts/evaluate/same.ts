import { identity } from "../../src/cmdline/normal/identity.ts";
import { type Payload, type Payloads, ROLES, resolvedOf } from "../../src/model/payload.ts";

/** Whether a payload is the text: its value or its resolved form equals it after normalisation. */
export function isPayload(payload: Payload, text: string): boolean {
  const wanted = identity(text);
  return (
    identity(payload.value) === wanted || (payload.resolved !== undefined && identity(payload.resolved) === wanted)
  );
}

/** Labels sometimes write a library together with its entry (`x.dll,Start`), or a command with its arguments. */
export function isPayloadWithRest(payload: Payload, text: string): boolean {
  const wanted = identity(text);
  return [payload.value, resolvedOf(payload)].some(
    (form) =>
      (payload.entry !== undefined && identity(`${form},${payload.entry}`) === wanted) ||
      (payload.args !== undefined && identity([form, ...payload.args].join(" ")) === wanted),
  );
}

export function allPayloads(payloads: Payloads): Payload[] {
  return ROLES.flatMap((role) => payloads[role] ?? []);
}

/** A tool that hands back the whole line has named nothing. */
export function isWholeLine(payload: Payload, commandLine: string): boolean {
  return commandLine.trim().includes(" ") && identity(payload.value) === identity(commandLine);
}
