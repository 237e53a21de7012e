import { classifyForm } from "../cmdline/normal/classify.ts";
import { type Payload, type PayloadWhat, resolvedOf } from "../model/payload.ts";
import { placed } from "./places.ts";
import type { Signal } from "./signal.ts";
import { capitalized, isBareAddress, isPlace, named, shown } from "./text.ts";

/** Extensions under which each kind is usually found. */
const USUAL: Partial<Record<PayloadWhat, readonly string[]>> = {
  library: [
    ".dll",
    ".ocx",
    ".cpl",
    ".ax",
    ".drv",
    ".so",
    ".exe",
    ".tlb",
    ".tsp",
    ".acm",
    ".node",
    ".sys",
    ".xll",
    ".wll",
    "",
  ],
  installerInfo: [".inf", ".ini", ""],
  package: [
    ".msi",
    ".msp",
    ".msu",
    ".mst",
    ".msix",
    ".appx",
    ".appinstaller",
    ".msixbundle",
    ".cab",
    ".deb",
    ".rpm",
    ".application",
    ".jar",
    ".exe",
    "",
  ],
  assembly: [".dll", ".exe", ".winmd", ""],
  executable: [
    ".exe",
    ".com",
    ".bat",
    ".cmd",
    ".scr",
    ".msc",
    ".cpl",
    ".lnk",
    ".msi",
    ".sys",
    ".jar",
    ".war",
    ".sh",
    "",
  ],
};

/** Addresses of schemes that programs of Windows serve. */
const OF_SCHEME = /^(?:ms-[\w-]{1,40}|search(?:-ms)?|mailto|tel):/i;

export const alternateStream: Signal = {
  id: "alternate-stream",
  group: "payloadForm",
  title: "The payload is an alternate data stream",
  evaluate(subject) {
    const { runs, reads, writes } = subject.behaviour;
    const hidden = [...runs, ...reads, ...writes].find(
      (p) =>
        p.where !== "inline" &&
        !isBareAddress(p) &&
        !isPlace(p) &&
        !OF_SCHEME.test(p.value) &&
        classifyForm(resolvedOf(p), subject.platform).stream !== "",
    );
    return (
      hidden && { text: `${shown(hidden.value)} is an alternate data stream, which hides it from directory listings.` }
    );
  },
};

export const oddExtension: Signal = {
  id: "odd-extension",
  group: "payloadForm",
  title: "The extension does not fit the kind of payload",
  needs: "runs",
  evaluate(subject) {
    if (subject.platform !== "windows") return undefined;
    const odd = placed(subject).find(({ payload, place }) => {
      const usual = USUAL[payload.what];
      return (
        usual !== undefined &&
        payload.where !== "web" &&
        !usual.includes(place.extension) &&
        !/^\.\d+$/.test(place.extension)
      );
    });
    return odd && { text: `${capitalized(named(odd.payload))} has an extension that is unusual for its kind.` };
  },
};

const DOUBLE =
  /\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|rtf|zip|mp[34])\.(?:exe|scr|com|pif|bat|cmd|js|jse|vbs|vbe|wsf|hta|lnk|dll|cpl|msi|ps1)$/i;

export const doubleExtension: Signal = {
  id: "double-extension",
  group: "payloadForm",
  title: "The name ends like a document and is none",
  evaluate(subject) {
    const all: readonly Payload[] = [...subject.behaviour.runs, ...subject.behaviour.fetches];
    const fake = all.find((payload) => DOUBLE.test(resolvedOf(payload)));
    return fake && { text: `${shown(fake.value)} is named like a document but is none.` };
  },
};

export const inlineCode: Signal = {
  id: "inline-code",
  group: "payloadForm",
  title: "Code stands in the command line itself",
  needs: "runs",
  evaluate(subject) {
    const inline = subject.behaviour.runs.find((payload) => payload.what === "inlineCode");
    return inline && { text: "The code that runs is written into the command line, so no file can be scanned." };
  },
};
