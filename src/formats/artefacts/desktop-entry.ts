import type { Format } from "../format.ts";
import { KeyFile } from "./key-file.ts";
import { firstLines } from "./sniffing.ts";
import { readLines } from "./text-reader.ts";

/** Desktop entries of Linux (.desktop): fields are lists such as `Desktop Entry.Exec`. */
export const desktopEntry: Format = {
  name: "desktop",
  title: "Linux desktop entry (.desktop)",
  sniff(head) {
    const first = firstLines(head).find((line) => line.trim() !== "" && !line.startsWith("#"));
    return first?.trim() === "[Desktop Entry]" ? 0.9 : 0;
  },
  open: (context, sink) =>
    readLines(context, sink, "desktop-entry", (output) => {
      const file = new KeyFile({ comments: "#", continued: false });
      return {
        line: (text) => file.add(text),
        end: () => output.record(file.fields()),
      };
    }),
};
