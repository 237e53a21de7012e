import type { Signal } from "./signal.ts";
import { listed } from "./text.ts";

export const obfuscatedLine: Signal = {
  id: "obfuscated-line",
  group: "writing",
  title: "The command line is written so that it is hard to read",
  evaluate({ invocation, outer }) {
    const all = [...outer.flatMap((o) => o.obfuscation), ...invocation.obfuscation].filter(
      ({ weight }) => weight >= 0.15,
    );
    if (all.length === 0) return undefined;
    const share = 1 - all.reduce((rest, { weight }) => rest * (1 - weight), 1);
    const classes = [...new Set(all.map(({ text }) => text))].slice(0, 4);
    return { share, text: `The command line is disguised: ${listed(classes)}.` };
  },
};
