const SUBJECT = ["SubjectUserSid", "SubjectUserName", "SubjectDomainName", "SubjectLogonId"];
const TARGET = ["TargetUserSid", "TargetUserName", "TargetDomainName", "TargetLogonId"];
const STARTED = ["NewProcessId", "NewProcessName", "TokenElevationType"];

/** The fields that a message shows, in the order in which it shows them; the longest of the versions that a message has first. */
const SHOWN: Readonly<Record<number, readonly (readonly string[])[]>> = {
  4688: [
    [...SUBJECT, ...TARGET, ...STARTED, ...["MandatoryLabel", "ProcessId", "ParentProcessName", "CommandLine"]],
    [...SUBJECT, ...STARTED, "ProcessId", "CommandLine"],
    [...SUBJECT, ...STARTED, "ProcessId"],
  ],
  4689: [[...SUBJECT, "ProcessId", "ProcessName", "Status"]],
  4697: [[...SUBJECT, "ServiceName", "ServiceFileName"]],
  7045: [["ServiceName", "ImagePath"]],
  5156: [
    ["ProcessID", "Application", "Direction", "SourceAddress", "SourcePort", "DestAddress", "DestPort", "Protocol"],
  ],
};

/** A label and its value; marks of a full width end labels of China and Japan. */
const SHOWS = /^(\s*)[^\s:：][^:：]{0,80}[:：]([^\n]*)$/;

/**
 * The fields of an event by the place that they have in its message, which is the same in every language of Windows; undefined where the
 * message shows another number of them than any version does.
 */
export function fieldsByPlace(lines: readonly string[], eventId: number): Readonly<Record<string, string>> | undefined {
  const versions = SHOWN[eventId] ?? [];
  const shown = lines.flatMap((line) => {
    const [, indent, value = ""] = SHOWS.exec(line) ?? [];
    return indent === undefined ? [] : [{ isIndented: indent !== "", value: value.trim() }];
  });
  // Fields stand indented below headings, or there are no headings; what is explained below is not indented.
  const indented = shown.filter(({ isIndented }) => isIndented);
  const values = (indented.length > 0 ? indented : shown.filter(({ value }) => value !== "")).map(({ value }) => value);
  const names = versions.find((version) => version.length <= values.length && isSuch(version, values));
  return names && Object.fromEntries(names.map((name, at) => [name, values[at]!]));
}

const HEX = /^0x[0-9a-f]{1,16}$/i;

/** Whether values that are numbers or accounts stand where they must. */
function isSuch(names: readonly string[], values: readonly string[]): boolean {
  return names.every((name, at) => {
    const value = values[at]!;
    if (/LogonId$|^NewProcessId$|^ProcessId$/.test(name)) return HEX.test(value);
    if (/UserSid$/.test(name)) return value !== "";
    return !/Port$/.test(name) || /^\d{1,5}$/.test(value);
  });
}
