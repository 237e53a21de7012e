/**
 * Whether a value is in normal form already: most are, and are told by one pass over their characters. What is not told here may be
 * in normal form all the same.
 */

import { isOldShared } from "./posix.ts";

/** Characters that mean the same in every place of a Windows path: letters, digits and these. */
const ORDINARY = new Uint8Array(128);
for (const char of "abcdefghijklmnopqrstuvwxyz0123456789-_()@#$&+,!{}[]") ORDINARY[char.charCodeAt(0)] = 1;

const [BLANK, QUOTE, DOT, SLASH, COLON, BACKSLASH, TILDE] = [0x20, 0x22, 0x2e, 0x2f, 0x3a, 0x5c, 0x7e];

const LINKED = /^c:\\(?:windows\\sysnative|users\\all users)(?:\\|$)/;

/** From here on a value may be a class id. */
const CLSID_LENGTH = 36;
/** How a registry key without its hive's colon may begin. */
const HIVE = /^(?:hk|registry)/;

/** What a file itself is called as a stream. */
const DATA = ":$data";

/**
 * Whether names, backslashes between them, go from `at` to the end, each as Windows itself would write it.
 * @param streams how many streams may be named, behind the last of them
 */
function namesAreSettled(path: string, at: number, streams = 0): boolean {
  let before = BACKSLASH;
  let left = streams;
  const { length } = path;
  for (let i = at; i < length; i++) {
    const code = path.charCodeAt(i);
    if (code === BACKSLASH) {
      if (before === BACKSLASH || before === DOT || before === BLANK || left < streams) return false;
    } else if (code === COLON) {
      if (left-- === 0 || before === BACKSLASH) return false;
    } else if (code === DOT || code === BLANK) {
      if (before === BACKSLASH || before === DOT) return false;
    } else if (code > 127 || ORDINARY[code] === 0) return false;
    before = code;
  }
  if (before === BACKSLASH || before === DOT || before === BLANK || before === COLON) return false;
  return left === streams || !path.endsWith(DATA);
}

/** A path from a drive, lower case; it may name a stream. */
function isSettledFile(path: string): boolean {
  if (path.charCodeAt(1) !== COLON || path.charCodeAt(2) !== BACKSLASH || path.length < 4) return false;
  const drive = path.charCodeAt(0);
  return drive >= 97 && drive <= 122 && namesAreSettled(path, 3, 1) && !LINKED.test(path);
}

/** A path on another machine, lower case; the names of this machine and of its devices are none, nor may it be a key. */
function isSettledShare(path: string): boolean {
  if (path.charCodeAt(0) !== BACKSLASH || path.charCodeAt(1) !== BACKSLASH || path.length < 4) return false;
  return namesAreSettled(path, 2) && !NO_HOST.test(path);
}

const NO_HOST = /^..(?:hk|registry|microsoft\.powershell|localhost|127\.|0--1\.|[?.])/;

/** A path from a drive or on another machine, lower case. */
export const isSettledPath = (path: string): boolean =>
  path.charCodeAt(0) === BACKSLASH ? isSettledShare(path) : isSettledFile(path);

/** A path from a drive or a share, a relative one, or a word; lower case. None of them is an address, a key, a class or code. */
export function isSettledName(path: string): boolean {
  if (path.length < 2) return path.length === 1 && path !== "\\" && namesAreSettled(path, 0);
  if (path.charCodeAt(1) === COLON) return isSettledFile(path);
  if (path.charCodeAt(0) === BACKSLASH) return isSettledShare(path);
  return path.length < CLSID_LENGTH && namesAreSettled(path, 0) && !HIVE.test(path);
}

/** A path or a word of a POSIX system that has no colon, so that it is neither an address nor code. */
export function isSettledPosix(path: string): boolean {
  const { length } = path;
  if (length === 0 || isOldShared(path)) return false;
  let before = SLASH;
  let dots = 0;
  let name = 0;
  for (let i = path.charCodeAt(0) === SLASH ? 1 : 0; i <= length; i++) {
    const code = i < length ? path.charCodeAt(i) : SLASH;
    if (code === SLASH) {
      if (before === SLASH || (name < 3 && dots === name)) return false;
      name = dots = 0;
    } else {
      if (code <= BLANK || code > TILDE || code === QUOTE || code === COLON || code === BACKSLASH) return false;
      if (code === DOT) dots++;
      name++;
    }
    before = code;
  }
  return true;
}

/** Scheme and host in lower case, the host a name or a dotted number; no port, no user's name, no escapes, no name that begins with a dot. */
const ADDRESS =
  /^(?:https?|ftp):\/\/(?:[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*|(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?=\d)|(?=\/))){4})(?:\/(?!\.)[\w.~+-]*)+(?:[?#][\w.~+=&/:,#-]*)?$/;

/** An address of the web. */
export const isSettledUrl = (text: string): boolean => ADDRESS.test(text);
