import type { Format } from "../format.ts";
import { readKeyFile } from "./key-file.ts";
import { firstLines } from "./sniffing.ts";

const SECTION =
  /^\[(?:Unit|Service|Timer|Install|Socket|Path|Mount|Swap|D-BUS Service|Container|Pod|Kube|Build|Image|Volume|Network)\]\s*$/;

/** systemd's units (.service, .timer and their drop-ins), what podman makes units of (.container …), and D-Bus services: fields are lists such as `Service.ExecStart`. */
export const systemdUnit: Format = {
  name: "systemd",
  title: "systemd unit",
  sniff(head) {
    const lines = firstLines(head).filter((line) => /^[^#;\s]/.test(line));
    return lines[0] !== undefined && SECTION.test(lines[0]) && lines.some((line) => /^[A-Z]\w{1,40}\s*=/.test(line))
      ? 0.85
      : 0;
  },
  open: (context, sink) => readKeyFile(context, sink, "systemd-unit", { comments: "#;", continued: true }),
};
