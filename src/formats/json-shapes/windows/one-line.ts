/** Headings of the Security log's English messages, and labels that stand below them; each is followed by a colon. */
const HEADINGS = [
  "Subject",
  "Creator Subject",
  "Target Subject",
  "Process Information",
  "Application Information",
].concat([
  "Network Information",
  "Service Information",
  "Object",
  "Access Request Information",
  "Change Information",
  "Process",
]);
const LABELS = [
  "Security ID",
  "Account Name",
  "Account Domain",
  "Logon ID",
  "New Process ID",
  "New Process Name",
].concat(
  [
    "Token Elevation Type",
    "Mandatory Label",
    "Creator Process ID",
    "Creator Process Name",
    "Process ID",
    "Process Name",
  ],
  [
    "Application Name",
    "Direction",
    "Source Address",
    "Source Port",
    "Destination Address",
    "Destination Port",
    "Protocol",
  ],
  ["Service Name", "Service File Name", "Service Type", "Service Start Type", "Service Account", "Object Server"],
  ["Object Type", "Object Name", "Object Value Name", "Handle ID", "Operation Type", "New Value Type", "New Value"],
  ["Old Value Type", "Old Value", "Accesses", "Access Mask", "Exit Status"],
);
/** The last label of a start; behind it anything may stand. */
const LAST = "Process Command Line";
/** What Windows explains below the fields of a start. */
const EXPLANATION = /\s{1,8}Token Elevation Type indicates the type of token .*$/s;

/** Fields of Sysmon's messages, in any order. */
const FIELDS = (
  "RuleName UtcTime ProcessGuid ProcessId Image FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User " +
  "LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId ParentImage ParentCommandLine ParentUser " +
  "Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname " +
  "DestinationPort DestinationPortName ImageLoaded Signed Signature SignatureStatus SourceProcessGuid SourceProcessId SourceThreadId " +
  "SourceImage TargetProcessGuid TargetProcessId TargetImage GrantedAccess CallTrace StartAddress StartModule StartFunction NewThreadId " +
  "TargetFilename CreationUtcTime EventType TargetObject Details Hash Contents PipeName Operation Name Type Destination Consumer Filter " +
  "QueryName QueryStatus QueryResults IsExecutable Archived SourceUser TargetUser"
).split(" ");

const SECURITY = pattern([...HEADINGS, ...LABELS, LAST]);
const SYSMON = pattern(FIELDS);
const IS_HEADING = new Set(HEADINGS);

function pattern(names: readonly string[]): RegExp {
  return new RegExp(`\\s{1,8}(${names.join("|")}):(?=\\s|$)`, "g");
}

/**
 * The message of a Windows event that a forwarder put into one line, as the lines that it was. Each field of Sysmon's counts once, as a
 * command line may hold the names of others.
 */
export function unfolded(message: string, isSysmon: boolean): string {
  if (message.includes("\n")) return message;
  if (isSysmon) {
    const seen = new Set<string>();
    return message.replace(SYSMON, (all, name: string) => {
      if (seen.has(name)) return all;
      seen.add(name);
      return `\n${name}:`;
    });
  }
  const end = message.indexOf(`${LAST}:`);
  const head = end < 0 ? message : message.slice(0, end + LAST.length + 1);
  const tail = end < 0 ? "" : message.slice(end + LAST.length + 1).replace(EXPLANATION, "");
  return head.replace(SECURITY, (_, name: string) => `\n${IS_HEADING.has(name) ? "" : "\t"}${name}:`) + tail;
}
