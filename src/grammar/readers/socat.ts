import { entryOf } from "../../model/entry.ts";
import type { Reader } from "./reader.ts";

/** Elements by the type of a socat address: what is started, what is reached, and which files are opened. Source: socat(1). */
const TYPES: Readonly<Record<string, string>> = {
  exec: "command",
  system: "command",
  shell: "command",
  open: "file",
  file: "file",
  gopen: "file",
  create: "created",
  creat: "created",
};
const NETWORK = /^(?:tcp|udp|sctp|dccp|openssl|ssl|dtls|socks|proxy|vsock|ip|udplite|unix|abstract|socket)[\w-]*$/;
/** Options of a file that let an address write to it. */
const WRITES = /^(?:wronly|wo|creat|create|o-creat|append|o-append|trunc|o-trunc|excl)(?:=|$)/;

/**
 * Reads socat's addresses, `type:parameter:…,option,option=value`; two joined by `!!` are one for each direction.
 * Elements: the grammar's `addresses`, and command, connect, listen, file, created (what options make writable).
 */
export const socat: Reader = (line, out, parse) => {
  parse(line);
  for (const { text } of out.named("addresses") ?? []) {
    for (const address of text.split("!!")) {
      const [head = "", ...options] = fields(address);
      const colon = head.indexOf(":");
      const type = (colon < 0 ? head : head.slice(0, colon)).toLowerCase();
      const parameter = colon < 0 ? "" : head.slice(colon + 1);
      const element = entryOf(TYPES, type);
      if (element === "file" && options.some((option) => WRITES.test(option))) out.put("created", parameter);
      else if (element) out.put(element, parameter);
      else if (NETWORK.test(type)) out.put(/listen|recv|-l$/.test(type) ? "listen" : "connect", parameter);
      else if (colon < 0 && type.includes("/")) out.put("file", head);
    }
  }
};

/** Fields between commas; quotes and backslashes protect, and are taken away where they enclose the parameter as a whole. */
function fields(address: string): string[] {
  const found: string[] = [];
  let field = "";
  let quote = "";
  for (let at = 0; at < address.length; at++) {
    const c = address[at] as string;
    if (c === "\\" && at + 1 < address.length) {
      const next = address[++at] as string;
      field += next === "," || next === ":" || next === "!" ? next : c + next;
    } else if (quote === "" && c === ",") {
      found.push(field);
      field = "";
    } else {
      if (quote === c) quote = "";
      else if (quote === "" && (c === "'" || c === '"')) quote = c;
      field += c;
    }
  }
  return [...found, field].map((text) => text.replace(/^([\w-]+:)(["'])([^"']*)\2$/, "$1$3"));
}
