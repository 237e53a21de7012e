import { describe, expect, it } from "vitest";
import { decider } from "../../src/policies/decide/engine.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { apparmor } from "./tables/apparmor.ts";
import { apparmorDrawn } from "./tables/apparmor-drawn.ts";
import { appcontrol } from "./tables/appcontrol.ts";
import { appcontrolDrawn } from "./tables/appcontrol-drawn.ts";
import { applocker } from "./tables/applocker.ts";
import { applockerDrawn } from "./tables/applocker-drawn.ts";
import { asr } from "./tables/asr.ts";
import { asrDrawn } from "./tables/asr-drawn.ts";
import { associations } from "./tables/associations.ts";
import { attachments } from "./tables/attachments.ts";
import { auditd } from "./tables/auditd.ts";
import { auditdDrawn } from "./tables/auditd-drawn.ts";
import { browsers } from "./tables/browsers.ts";
import { CHECKED } from "./tables/checked.ts";
import { exploitprotection } from "./tables/exploitprotection.ts";
import { fapolicyd } from "./tables/fapolicyd.ts";
import { fapolicydDrawn } from "./tables/fapolicyd-drawn.ts";
import { features } from "./tables/features.ts";
import { firewall } from "./tables/firewall.ts";
import { firewallDrawn } from "./tables/firewall-drawn.ts";
import { nftables } from "./tables/nftables.ts";
import { nftablesDrawn } from "./tables/nftables-drawn.ts";
import { packages } from "./tables/packages.ts";
import { rpz } from "./tables/rpz.ts";
import { rpzDrawn } from "./tables/rpz-drawn.ts";
import { squid } from "./tables/squid.ts";
import { squidDrawn } from "./tables/squid-drawn.ts";
import { sudoers } from "./tables/sudoers.ts";
import { sudoersDrawn } from "./tables/sudoers-drawn.ts";
import { suricata } from "./tables/suricata.ts";
import { suricataDrawn } from "./tables/suricata-drawn.ts";
import { sysmon } from "./tables/sysmon.ts";
import { sysmonDrawn } from "./tables/sysmon-drawn.ts";
import { type Table, withMore } from "./tables/table.ts";

const TABLES: readonly Table[] = [
  withMore(appcontrol, appcontrolDrawn),
  withMore(applocker, applockerDrawn),
  withMore(asr, asrDrawn),
  associations,
  browsers,
  withMore(fapolicyd, fapolicydDrawn),
  withMore(firewall, firewallDrawn),
  withMore(sudoers, sudoersDrawn),
  withMore(apparmor, apparmorDrawn),
  withMore(nftables, nftablesDrawn),
  packages,
  withMore(auditd, auditdDrawn),
  withMore(suricata, suricataDrawn),
  withMore(squid, squidDrawn),
  withMore(rpz, rpzDrawn),
  attachments,
  exploitprotection,
  features,
  withMore(sysmon, sysmonDrawn),
];

describe.each(TABLES.map((table) => [table.target, table] as const))("%s decides as documented", (id, table) => {
  it("by at least thirty cases, each with its source", () => {
    expect(table.cases.length).toBeGreaterThanOrEqual(30);
    for (const [title, source, policy] of table.cases) {
      expect(table.sources[source], `${title}: ${source}`).toMatch(/^https:\/\//);
      expect(table.policies[policy], `${title}: ${policy}`).toBeDefined();
    }
  });

  it("says of each source how far it was looked at again", () => {
    const pages = Object.values(table.sources).map((address) => address.replace(/#.*$/, ""));
    expect(pages.filter((page) => CHECKED[page] === undefined)).toEqual([]);
    const cited = new Set(table.cases.map(([, source]) => source));
    expect(Object.keys(table.sources).filter((source) => !cited.has(source))).toEqual([]);
  });

  it.each(table.cases)("%s (%s, policy %s)", (_, __, name, act, expected) => {
    const target = targetOf(id);
    const { text = "", file = "" } = table.policies[name] ?? {};
    const decision = decider(target.read(text, file), target.semantics).decide(act);
    expect(decision?.decision ?? "none", decision?.reason).toBe(expected);
  });
});

it("keeps no page among the sources that no table cites", () => {
  const pages = new Set(TABLES.flatMap(({ sources }) => Object.values(sources).map((one) => one.replace(/#.*$/, ""))));
  expect(Object.keys(CHECKED).filter((page) => !pages.has(page))).toEqual([]);
});
