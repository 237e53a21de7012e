/** How products of Linux and of the network are rolled out and back; see words.ts. */
export const ROLL_OUT_NETWORK: Readonly<
  Record<string, { readonly out: readonly string[]; readonly back: readonly string[] }>
> = {
  sudoers: {
    out: [
      "visudo -cf t1218-noexec on a test host, then copy it to /etc/sudoers.d with mode 0440.",
      "Use the programs under sudo as administrators do; there is no audit mode.",
      "Deploy to a pilot group, then to all.",
    ],
    back: ["Delete /etc/sudoers.d/t1218-noexec."],
  },
  apparmor: {
    out: [
      "apparmor_parser -Q -K checks the file; load the audit copy (complain mode) with apparmor_parser -r and read apparmor=ALLOWED in the audit log for two weeks.",
      "Load the enforcing copy on a pilot group, and read apparmor=DENIED.",
      "Deploy to all.",
    ],
    back: ["apparmor_parser -R with the file, and delete it from /etc/apparmor.d."],
  },
  nftables: {
    out: [
      "nft -c -f t1218.nft checks it; load the audit copy, which logs with the prefix t1218, and read the kernel log for two weeks.",
      "Load the enforcing copy on a pilot group, then on all; include it from /etc/nftables.conf so that it outlasts a start.",
    ],
    back: ["nft delete table inet t1218."],
  },
  packages: {
    out: [
      "sh t1218-packages.sh says on each kind of host what it would do.",
      "sh t1218-packages.sh enforce on a pilot group; it keeps in /var/lib/t1218 what it changed.",
      "Run it on all, and after upgrades where permissions are not kept (dnf).",
    ],
    back: ["sh t1218-packages-undo.sh enforce."],
  },
  auditd: {
    out: [
      "Copy t1218-audit.rules to /etc/audit/rules.d on a pilot group, augenrules --load, and watch the size of the log.",
      "Deploy to all.",
    ],
    back: ["Delete the file and run augenrules --load."],
  },
  suricata: {
    out: [
      "suricata -T -S t1218-suricata.rules checks them; run the audit copy (alerts) for two weeks.",
      "Where the sensor stands in line, use the enforcing copy (drops) for one network, then for all.",
    ],
    back: ["Take the file out of rule-files and reload the rules."],
  },
  squid: {
    out: [
      "Search access.log for what the lists would meet.",
      "Include t1218-squid.conf above the first http_access of squid.conf, squid -k parse, squid -k reconfigure.",
    ],
    back: ["Take the include out, and squid -k reconfigure."],
  },
  rpz: {
    out: [
      "named-checkzone checks it; add the zone with policy disabled and log yes, and read the rpz log for two weeks.",
      "Take policy disabled out.",
    ],
    back: ["Take the zone out of response-policy, and rndc reconfig."],
  },
};
