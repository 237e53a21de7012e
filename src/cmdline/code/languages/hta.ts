import type { Sink } from "../sink.ts";
import { addressCode } from "../texts.ts";

const MAX_BLOCKS = 64;

/** Scripts in a page: what stands between the tags of `script`, by the language that they name. */
export function scanHta(written: string, sink: Sink): void {
  const text = addressCode(written);
  const open = /<script\b([^>]{0,512})>/gi;
  let blocks = 0;
  for (let match = open.exec(text); match && blocks < MAX_BLOCKS; match = open.exec(text), blocks++) {
    const close = /<\/script/gi;
    close.lastIndex = open.lastIndex;
    const end = close.exec(text)?.index ?? text.length;
    const language = /vbs/i.test(match[1]!) ? "vbscript" : "javascript";
    const source = /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(match[1]!)?.[1];
    if (source) sink.emit({ role: "runs", what: "script", value: source });
    sink.nested(language, text.slice(open.lastIndex, end));
    open.lastIndex = end;
  }
  if (blocks > 0) return;
  sink.nested(/^\s*"?vbscript:/i.test(written) ? "vbscript" : "javascript", text);
}
