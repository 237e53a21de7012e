import { baseName } from "../invocations/glob.ts";
import type { Payload } from "../model/payload.ts";
import { isNamed } from "./published.ts";
import type { Subject } from "./signal.ts";
import { isOfBuild, isOfShell, isPerhapsOfShell } from "./starters.ts";

/** Libraries that are made to be registered, and that nobody expects to be called in another way. */
const COMPONENT = /\.(?:ocx|ax|olb|tlb)$/i;

export const isComponent = (value: string): boolean => COMPONENT.test(value);

/** By Regasm, Regsvcs and Regsvr32, whose purpose is to make libraries known to Windows; others only call the same functions. */
const REGISTRAR = /^T1218\.0(?:09|10)$/;

/** Whether a library is registered, or taken out again. */
export const isRegistration = ({ what }: Payload, { behaviour: { techniques } }: Subject): boolean =>
  (what === "library" || what === "assembly") && techniques.some((one) => REGISTRAR.test(one));

/** Registered so that a window says what came of it: whoever has something to hide goes without. */
const isShown = ({ invocation: { entry, canonical } }: Subject): boolean =>
  entry?.id === "windows/regsvr32" && !/ \/s(?= |$)/i.test(canonical);

/** A library that somebody at a desk registers in plain view, under a name by which people call it. */
export const isRegisteredInView = (payload: Payload, subject: Subject): boolean =>
  isRegistration(payload, subject) && isShown(subject) && isNamed(baseName(payload.value));

/** What is set up, built or run by a host of its own under a name by which people call it; what is dropped is seldom given one. */
export const isCalledSo = (payload: Payload, subject: Subject): boolean =>
  (SELDOM_DROPPED.has(payload.what) || isRegistration(payload, subject)) && isNamed(baseName(payload.value));

const SELDOM_DROPPED = new Set(["installerInfo", "assembly", "project", "document"]);

/** What lies beside the script of a shell, or of a build, that works with it. */
export const isWorkedWith = (payload: Payload, subject: Subject): boolean =>
  (isPerhapsOfShell(subject) && isOfSoftware(payload)) ||
  ((isOfShell(subject) || isOfBuild(subject)) &&
    (isCalledSo(payload, subject) ||
      isOfSoftware(payload) ||
      (isRegistration(payload, subject) && isComponent(payload.value))));

/** A database of compatibility fixes, or classes for WMI, by the name of the software that it belongs to. */
const isOfSoftware = ({ what, value }: Payload): boolean =>
  what === "config" && /\.(?:sdb|mof)$/i.test(value) && isNamed(baseName(value));
