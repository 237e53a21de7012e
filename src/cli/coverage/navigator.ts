import { plural } from "../../outputs/counts.ts";
import {
  type ComponentCoverage,
  type Coverage,
  saysNothing,
  type TechniqueCoverage,
} from "../../pipeline/coverage/types.ts";
import { pickedText } from "./text.ts";

/** Versions that the layer is written for: layer format 4.5, as MITRE's attack-navigator/layers specifies it. */
const VERSIONS = { attack: "18", navigator: "5.1.0", layer: "4.5" };

function told(components: readonly ComponentCoverage[], is: (status: ComponentCoverage["status"]) => boolean): string {
  return [...new Set(components.filter(({ status }) => is(status)).map(({ component }) => component))].join(", ");
}

function entry({ technique, score, analytics, starts }: TechniqueCoverage): object {
  const components = analytics.flatMap((analytic) => analytic.components);
  const seen = told(components, (status) => status === "visible");
  const lacking = told(components, (status) => status !== "visible" && !saysNothing(status));
  const unknown = told(components, (status) => status === "unknown");
  return {
    techniqueID: technique,
    ...(score !== undefined && { score }),
    comment: `Seen on every host: ${seen || "nothing"}. Not seen, or not everywhere: ${lacking || "nothing"}.${unknown && ` Not known: ${unknown}.`}`,
    enabled: score !== undefined,
    metadata: [
      { name: "starts of its binaries", value: String(starts) },
      { name: "analytics", value: analytics.map(({ analytic }) => analytic).join(", ") || "none" },
    ],
    // The format knows this of techniques that have some.
    ...(!technique.includes(".") && { showSubtechniques: true }),
  };
}

/** A layer for ATT&CK Navigator: the score of a technique is the share of its data components that the logs show. */
export function navigatorLayer(coverage: Coverage): object {
  const { techniques, hosts, version } = coverage;
  const picked = pickedText(coverage);
  return {
    name: "whatran coverage of T1218",
    versions: VERSIONS,
    domain: "enterprise-attack",
    description: `What the logs of ${plural(hosts.length, "host")} let one see of System Binary Proxy Execution (whatran ${version}).${picked ? ` ${picked}` : ""}`,
    filters: { platforms: ["Windows", "Linux", "macOS"] },
    sorting: 0,
    layout: { layout: "side", showID: true, showName: true },
    hideDisabled: false,
    techniques: techniques.map(entry),
    gradient: { colors: ["#d95f02", "#f7f7f7", "#1b9e77"], minValue: 0, maxValue: 100 },
    legendItems: [
      { label: "nothing seen", color: "#d95f02" },
      { label: "every data component seen", color: "#1b9e77" },
    ],
    metadata: [],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
    selectSubtechniquesWithParent: false,
  };
}
