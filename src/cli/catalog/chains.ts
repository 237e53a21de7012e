import type { Chain, Setting } from "../../catalog/chains/types.ts";
import { visible } from "../../outputs/escape.ts";
import { style } from "../../outputs/style.ts";
import { wrapText } from "../../outputs/width.ts";

const inForce = ({ value }: Setting) => (typeof value === "object" ? `[${value.join(", ")}]` : String(value));

/** Chains with the settings that a site may give other values, and the values in force. */
export function* chainLines(chains: readonly Chain[], columns: number, colour: boolean): Generator<string> {
  const paint = style(colour);
  for (const { id, title, platform, techniques, strength, alone, settings } of chains) {
    yield `${paint.accent(visible(id))}  ${visible(title)}`;
    yield paint.dim(`  ${platform}, ${alone ? `alone, ${alone}` : strength}, ${techniques.join(" ")}`);
    for (const [name, setting] of Object.entries(settings)) {
      const text = `${name}: ${inForce(setting)}  ${setting.means}`;
      for (const [at, line] of wrapText(visible(text), Math.max(30, columns - 6)).entries())
        yield `  ${at === 0 ? "" : "    "}${line}`;
    }
    yield "";
  }
}
