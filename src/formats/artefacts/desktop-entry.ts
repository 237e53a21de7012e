import type { Format } from "../format.ts";
import { readKeyFile } from "./key-file.ts";
import { firstLines } from "./sniffing.ts";

/** Desktop entries of Linux (.desktop): fields are lists such as `Desktop Entry.Exec`. */
export const desktopEntry: Format = {
  name: "desktop",
  title: "Linux desktop entry (.desktop)",
  sniff(head) {
    const first = firstLines(head).find((line) => line.trim() !== "" && !line.startsWith("#"));
    return first?.trim() === "[Desktop Entry]" ? 0.9 : 0;
  },
  open: (context, sink) => readKeyFile(context, sink, "desktop-entry", { comments: "#", continued: false }),
};
