import type { Format } from "../format.ts";
import { readKeyFile } from "./key-file.ts";
import { firstLines } from "./sniffing.ts";

/** Internet shortcuts (.url): fields are lists such as `InternetShortcut.URL`. */
export const urlFile: Format = {
  name: "url",
  title: "Internet shortcut (.url)",
  sniff: (head) => (firstLines(head, 60).some((line) => /^\s*\[InternetShortcut\]\s*$/i.test(line)) ? 0.9 : 0),
  open: (context, sink) => readKeyFile(context, sink, "url-file", { comments: ";#", continued: false }),
};
