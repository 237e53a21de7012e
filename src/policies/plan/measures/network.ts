import type { Catalog } from "../../../catalog/catalog.ts";
import { plural } from "../../../outputs/counts.ts";
import { plainId } from "../../ids.ts";
import type { Rule } from "../../model.ts";
import { type Evidence, peersOf } from "../evidence.ts";
import type { Measure } from "../measure.ts";
import { isBroad, namesOf, remaining } from "./programs.ts";

/** Programs that practice cuts off even where nobody logs connections: none needs the internet to do its work. */
const PRACTICE =
  "certreq certutil cmstp control cscript forfiles hh installutil mavinject mmc mshta msiexec odbcconf presentationhost regasm regsvcs regsvr32 rundll32 verclsid wmic wscript xwizard"
    .split(" ")
    .map((name) => `${name}.exe`);

const homesOf = (name: string): readonly string[] => {
  if (/^(?:installutil|regasm|regsvcs)\.exe$/.test(name))
    return ["Framework", "Framework64"].map((folder) => `%SystemRoot%\\Microsoft.NET\\${folder}\\v4.0.30319\\${name}`);
  if (name === "hh.exe") return [`%SystemRoot%\\${name}`, `%SystemRoot%\\SysWOW64\\${name}`];
  const folder = name === "wmic.exe" ? "\\wbem" : "";
  return ["System32", "SysWOW64"].map((home) => `%SystemRoot%\\${home}${folder}\\${name}`);
};

function egress(name: string, addresses: readonly string[] | undefined): Rule {
  return {
    id: plainId(`egress_${name}`),
    action: "deny",
    on: ["connect"],
    subject: homesOf(name).map((path) => ({ path })),
    peer: { inbound: false, ...(addresses && { addresses }) },
    description: `${name} connects to nobody${addresses ? " on the internet" : ""}`,
    measure: "M1037",
  };
}

/** Services that fetch on behalf of whoever asks them: BITS, and paths over WebDAV. */
const FETCHING = ["BITS", "WebClient"];
const SERVICE_HOST = "svchost.exe";

/**
 * Services that fetched nothing from the internet. That is known only where every such connection of the service host says whose it
 * is: one without a name may be theirs.
 */
function serviceMeasures(evidence: Evidence): readonly Measure[] {
  const internet = (service: string | undefined) =>
    peersOf(evidence, [SERVICE_HOST], ({ subject }) => subject.service?.toLowerCase() === service?.toLowerCase())
      .internet;
  const named = peersOf(evidence, [SERVICE_HOST], ({ subject }) => subject.service !== undefined);
  if (!isBroad(evidence) || internet(undefined) > 0 || named.inside + named.internet < MIN_CONNECTIONS) return [];
  return FETCHING.filter((service) => internet(service) === 0).map((service) => ({
    id: `egress-service-${plainId(service)}`,
    mitigation: "M1037",
    title: `Cut the service ${service} off the internet`,
    why: "What a program has a service fetch is the service’s traffic, which no rule for the program stops.",
    evidence: [
      `It reached nobody on the internet; ${plural(named.inside + named.internet, "connection")} of services were logged with their names.`,
    ],
    stops: [`files that programs have ${service} fetch from the internet (T1197, T1105, T1218.010, T1218.011)`],
    blind: [
      "Update services use BITS: one that begins to do so later is stopped until it is allowed.",
      "Services that share a process have no connections of their own.",
    ],
    mode: "enforce",
    rules: {
      firewall: [
        {
          id: plainId(`egress_service_${service}`),
          action: "deny",
          on: ["connect"],
          subject: [{ path: `%SystemRoot%\\System32\\${SERVICE_HOST}`, service }],
          peer: { inbound: false, addresses: ["Internet"] },
          description: `the service ${service} reaches nobody on the internet`,
          measure: "M1037",
        },
      ],
    },
  }));
}

/** Connections of services with their names from which it is known which of them connect. */
const MIN_CONNECTIONS = 200;

/** Programs that need no network, or none beyond the own one (M1037). */
export function networkMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  const stays = new Set(remaining(catalog, evidence).flatMap(namesOf));
  const shells = ["certutil.exe", "certreq.exe", "cscript.exe", "wscript.exe", "forfiles.exe"];
  const candidates = PRACTICE.filter(
    (name) => stays.has(name) || shells.includes(name) || !catalog.byName(name, "windows"),
  );
  const programs = candidates.flatMap((name): readonly Measure[] => {
    const { inside, internet } = peersOf(evidence, [name]);
    if (internet > 0) return [];
    const behaviours = catalog.byName(name, "windows")?.behaviours ?? [];
    return [
      {
        id: `egress-${plainId(name)}`,
        mitigation: "M1037",
        title: `Cut ${name} off ${inside > 0 ? "the internet" : "the network"}`,
        why: "It stays, but it need not fetch anything.",
        evidence: [
          inside > 0
            ? `It was connected ${plural(inside, "time")}, to private addresses and servers of the own domain only.`
            : `No connection of it is in the history (${plural(evidence.seen.connect, "connection")} were logged).`,
        ],
        stops: behaviours
          .filter(({ category }) => category === "download" || category === "upload")
          .map(({ title, techniques }) => `${name}: ${title} (${techniques.join(", ")})`),
        blind: [
          "What it hands to a service (BITS, WebClient) or to a program that it starts is not its traffic.",
          "A renamed copy has another path.",
          ...(inside > 0
            ? [
                "A server of the own domain whose address is one of the internet is cut off, too: look where yours stand.",
              ]
            : []),
        ],
        mode: "enforce",
        rules: { firewall: [egress(name, inside > 0 ? ["Internet"] : undefined)] },
      },
    ];
  });
  return [...programs, ...serviceMeasures(evidence)];
}
