import type { Format } from "../format.ts";
import { KeyFile } from "./key-file.ts";
import { firstLines } from "./sniffing.ts";
import { readLines } from "./text-reader.ts";

/** Internet shortcuts (.url): fields are lists such as `InternetShortcut.URL`. */
export const urlFile: Format = {
  name: "url",
  title: "Internet shortcut (.url)",
  sniff: (head) => (firstLines(head, 60).some((line) => /^\s*\[InternetShortcut\]\s*$/i.test(line)) ? 0.9 : 0),
  open: (context, sink) =>
    readLines(context, sink, "url-file", (output) => {
      const file = new KeyFile({ comments: ";#", continued: false });
      return {
        line: (text) => file.add(text),
        end: () => output.record(file.fields()),
      };
    }),
};
