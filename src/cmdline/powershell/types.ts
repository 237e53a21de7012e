import { percentDecode } from "../normal/percent.ts";
import { blockOf } from "./acts.ts";
import { fromBase64 } from "./base64.ts";
import { madeList, madeText, note, type Session } from "./session.ts";
import { bytesOf, itemsOf, list, number, numberOf, text, textOf, UNKNOWN, type Value } from "./values.ts";

/** A type's name as it is compared: lower case, no blanks, no `System.`, no assembly. */
export function typeName(written: string): string {
  const name = written.replace(/[\s`]/g, "").toLowerCase().split(",", 1)[0]!;
  return name
    .slice(0, 256)
    .replace(/^system\./, "")
    .replace(/^management\.automation\./, "");
}

function toChar(value: Value, session: Session): Value {
  if (value.kind === "text" && value.text.length === 1) return text(value.text, true);
  const code = numberOf(value);
  if (code === undefined || code < 0 || code > 0xffff) return UNKNOWN;
  note(session, "concatenation", `[char]${code}`, 0.6);
  return text(String.fromCharCode(code), true);
}

function toChars(value: Value, session: Session): Value {
  if (value.kind === "text")
    return madeList(
      session,
      [...value.text].map((char) => text(char, true)),
    );
  return madeList(
    session,
    itemsOf(value).map((item) => toChar(item, session)),
  );
}

function joined(items: readonly Value[], separator: string, session: Session): Value {
  const parts = items.map(textOf);
  return parts.every((part) => part !== undefined) ? madeText(session, parts.join(separator)) : UNKNOWN;
}

/** `[type]value`. */
export function cast(name: string, value: Value, session: Session): Value {
  if (value.kind === "contents" && name !== "void") return value;
  if (name === "char") return toChar(value, session);
  if (name === "char[]") return toChars(value, session);
  if (/^u?int(?:16|32|64)?$|^byte$|^long$|^decimal$|^double$/.test(name)) {
    const known = numberOf(value);
    return known === undefined ? UNKNOWN : number(Math.trunc(known));
  }
  if (name === "byte[]") {
    const bytes = bytesOf(value);
    return bytes ? { kind: "bytes", bytes } : value;
  }
  if (name === "string") {
    if (value.kind === "list") return joined(value.items, textOf(session.variables.get("ofs")) ?? " ", session);
    const known = textOf(value);
    return known === undefined ? value : madeText(session, known);
  }
  if (name === "scriptblock" && value.kind === "text") return blockOf(value, session);
  if (name === "type") return { kind: "type", name: typeName(textOf(value) ?? "") };
  if (/^(?:wmiclass|wmi|adsi|uri|diagnostics\.processstartinfo)$/.test(name))
    return { kind: "object", type: name, args: [value] };
  return name === "regex" || name === "void" ? (name === "void" ? UNKNOWN : value) : value;
}

/** Static members that only fold values; undefined where the member is none of them. */
export function foldStatic(type: string, member: string, args: readonly Value[], session: Session): Value | undefined {
  const [first, second, third] = args;
  if (type === "convert") {
    if (member === "frombase64string") {
      if (first?.kind === "contents") return first;
      const bytes = fromBase64(textOf(first) ?? "");
      if (bytes) note(session, "encodedCommand", textOf(first)!);
      return bytes ? { kind: "bytes", bytes } : UNKNOWN;
    }
    if (member === "tobase64string") {
      const bytes = bytesOf(first);
      return bytes ? madeText(session, Buffer.from(bytes).toString("base64")) : UNKNOWN;
    }
    if (member === "tochar") return toChar(first ?? UNKNOWN, session);
    if (/^to(?:u?int(?:16|32|64)|byte)$/.test(member)) return parseNumber(first, numberOf(second));
    return member === "tostring" ? first : undefined;
  }
  if (type === "string") {
    if (member === "join") {
      const parts = second?.kind === "list" && args.length === 2 ? second.items : args.slice(1);
      return joined(parts, textOf(first) ?? "", session);
    }
    if (member === "concat") {
      return joined(args.flatMap(itemsOf), "", session);
    }
    return member === "new"
      ? madeText(
          session,
          itemsOf(first ?? UNKNOWN)
            .map(textOf)
            .join(""),
        )
      : undefined;
  }
  if (type === "regex" && member === "unescape") return first;
  if (type === "regex" && member === "matches") return eachCharacter(first, second, third);
  if (type === "uri" && member === "new") return first;
  if (UNESCAPERS.has(`${type}.${member}`)) return unescaped(first, member === "urldecode", session);
  if (type === "io.path" && member === "combine") {
    return joined(args, "\\", session);
  }
  if (type === "io.path" && member === "gettemppath") return text("%temp%\\");
  return third === undefined && type === "environment" && member === "getenvironmentvariable"
    ? text(`%${textOf(first) ?? ""}%`)
    : undefined;
}

/** Methods that take the escapes of addresses back. */
const UNESCAPERS = new Set(["uri.unescapedatastring", "net.webutility.urldecode", "web.httputility.urldecode"]);

/** @param plus whether a plus sign stands for a blank, as in forms */
function unescaped(value: Value | undefined, plus: boolean, session: Session): Value {
  const written = textOf(value);
  if (written === undefined) return UNKNOWN;
  const decoded = percentDecode(plus ? written.replaceAll("+", " ") : written, () => true);
  if (decoded !== written) note(session, "encodedCommand", written);
  return madeText(session, decoded);
}

/** Every character of a text, as patterns for any one give them; from its end where that is asked for. */
function eachCharacter(subject: Value | undefined, pattern: Value | undefined, option: Value | undefined): Value {
  const characters = [...(textOf(subject) ?? "")];
  if (!/^(?:\.|\(\.\)|\[\\s\\S\])$/.test(textOf(pattern) ?? "") || characters.length > MAX_CHARACTERS) return UNKNOWN;
  const turned = /righttoleft/i.test(textOf(option) ?? (option?.kind === "type" ? option.name : ""));
  return list((turned ? characters.reverse() : characters).map((character) => text(character)));
}

const MAX_CHARACTERS = 4096;

function parseNumber(value: Value | undefined, base: number | undefined): Value {
  const digits = textOf(value);
  if (base === undefined || digits === undefined) {
    const known = numberOf(value);
    return known === undefined ? UNKNOWN : number(known);
  }
  const parsed = base >= 2 && base <= 16 ? Number.parseInt(digits.replace(/^0x/i, ""), base) : Number.NaN;
  return Number.isNaN(parsed) ? UNKNOWN : number(parsed);
}
