import { readCommands } from "../../languages/commands.ts";
import { isReg, readReg } from "../../languages/reg.ts";
import type { Policy } from "../../model.ts";
import { readJson } from "./json.ts";
import { AsrReader, type Listed } from "./settings.ts";

function readRegistry(text: string, reader: AsrReader): void {
  const { values, unread } = readReg(text);
  for (const { key, name, value, line } of values) {
    if (/\\ASR\\Rules$/i.test(key)) reader.state(name, value, line);
    else if (/\\ASR\\ASROnlyExclusions$/i.test(key)) reader.exclude([name]);
    else if (/\\ASR\\ASROnlyPerRuleExclusions$/i.test(key)) reader.excludeFrom(name, String(value));
    else if (/\\ASR$/i.test(key) && /^ExploitGuard_ASR_Rules$/i.test(name)) reader.isOff = value === 0;
    else if (/\\Windows Defender\\Exclusions\\Paths$/i.test(key)) reader.excludePaths([name]);
    else if (/\\Windows Defender\\Exclusions\\Extensions$/i.test(key)) reader.excludeExtensions([name]);
    else if (/\\Windows Defender\\Exclusions\\Processes$/i.test(key)) reader.excludeProcesses([name]);
    else if (/\\Windows Defender\\Policy Manager$/i.test(key)) managed(reader, name, String(value), line);
  }
  for (const part of unread) reader.unknown.push(part);
}

/** What a management service has set, as Windows keeps it. */
function managed(reader: AsrReader, name: string, value: string, line: number): void {
  if (/^ASRRules$/i.test(name)) reader.stated(value, line);
  else if (/^ASROnlyExclusions$/i.test(name)) reader.exclude(value.split("|"));
}

function readPowershell(text: string, reader: AsrReader): void {
  const { commands, unread } = readCommands(text);
  for (const { name, parameters, line } of commands) {
    const lists: Listed = (one) => parameters.get(one) ?? [];
    const verb = /^(add|set|remove)-mppreference$/i.exec(name)?.[1]?.toLowerCase();
    // To set a list is to put it in the place of what was there.
    if (verb === "set" || verb === "remove") reader.remove(lists, verb === "set");
    if (verb === "set" || verb === "add") reader.lists(lists, line);
  }
  for (const part of unread) reader.unknown.push(part);
}

/** `Name : {a, b}`, as Get-MpPreference prints itself; what is too long for it ends in dots. */
function readPrinted(text: string, reader: AsrReader): void {
  const found = new Map<string, readonly string[]>();
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const [, name = "", value = ""] =
      /^(AttackSurfaceReduction\w+|Exclusion(?:Path|Extension|Process))\s*:\s*(.*)$/.exec(line) ?? [];
    if (name === "") continue;
    if (/(?:\.\.\.|…)\}?\s*$/.test(value))
      reader.unknown.push({ what: `the rest of ${name}, which is cut`, line: at + 1 });
    const items = value.replace(/^\{|\}\s*$/g, "").split(",");
    found.set(
      name.toLowerCase(),
      items.map((one) => one.trim()).filter((one) => one !== "" && !/^(?:\.\.\.|…)$/.test(one)),
    );
  }
  reader.lists((name) => found.get(name) ?? [], 1);
}

/** @throws WhatranError `policy/damaged` with the place */
export function readAsr(text: string, name: string): Policy {
  const reader = new AsrReader();
  if (isReg(text)) readRegistry(text, reader);
  else if (/^\s*[[{]/.test(text)) readJson(text, reader);
  else if (/^AttackSurfaceReduction\w+\s*:/m.test(text)) readPrinted(text, reader);
  else readPowershell(text, reader);
  return reader.policy(name);
}
