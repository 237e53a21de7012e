/**
 * How far the sources of the tables were looked at again after the cases had been written, in November 2026.
 *
 * | | |
 * | --- | --- |
 * | `read` | the page’s text was read, and the cases that cite it were compared with it |
 * | `quoted` | the statement was found in a quotation of the page; the page itself was not read |
 * | `found` | the page exists under this address (or its text in the vendor’s repository); it was not read against the cases |
 * | `memory` | neither: address and statement were written down from memory |
 */
export type Checked = "read" | "quoted" | "found" | "memory";

const LEARN = "https://learn.microsoft.com";
const CONTROL = `${LEARN}/windows/security/application-security/application-control/app-control-for-business`;
const DEFENDER = `${LEARN}/defender-endpoint`;

/** By address, without what stands behind a `#`. */
export const CHECKED: Readonly<Record<string, Checked>> = {
  [`${CONTROL}/applocker/understanding-applocker-rule-behavior`]: "read",
  [`${CONTROL}/applocker/understanding-applocker-allow-and-deny-actions-on-rules`]: "read",
  [`${CONTROL}/applocker/understanding-applocker-rule-exceptions`]: "read",
  [`${CONTROL}/applocker/working-with-applocker-rules`]: "read",
  [`${CONTROL}/applocker/understanding-the-path-rule-condition-in-applocker`]: "read",
  [`${CONTROL}/applocker/understanding-the-publisher-rule-condition-in-applocker`]: "read",
  [`${CONTROL}/applocker/security-considerations-for-applocker`]: "read",
  [`${CONTROL}/applocker/dll-rules-in-applocker`]: "read",
  [`${CONTROL}/applocker/script-rules-in-applocker`]: "read",
  [`${CONTROL}/applocker/windows-installer-rules-in-applocker`]: "read",
  [`${CONTROL}/applocker/packaged-apps-and-packaged-app-installer-rules-in-applocker`]: "read",
  [`${CONTROL}/applocker/manage-packaged-apps-with-applocker`]: "read",
  [`${CONTROL}/applocker/rule-collection-extensions`]: "read",
  [`${CONTROL}/design/configure-authorized-apps-deployed-with-a-managed-installer`]: "read",
  [`${CONTROL}/design/create-appcontrol-deny-policy`]: "read",
  [`${CONTROL}/design/script-enforcement`]: "read",
  [`${CONTROL}/design/select-types-of-rules-to-create`]: "read",
  // Of macros and renamed programs it says nothing: how the cmdlets write the option is not shown there.
  [`${CONTROL}/design/use-appcontrol-policy-to-control-specific-plug-ins-add-ins-and-modules`]: "read",
  [`${CONTROL}/design/deploy-multiple-appcontrol-policies`]: "read",
  // Without the hashes of its list. By example; what a version alone means is said among the types of rules.
  [`${CONTROL}/design/applications-that-can-bypass-appcontrol`]: "read",
  [`${DEFENDER}/attack-surface-reduction-rules-reference`]: "read",
  [`${DEFENDER}/enable-attack-surface-reduction`]: "read",
  [`${DEFENDER}/attack-surface-reduction-rules-deployment-test`]: "read",
  // Whether loads from other machines can be audited, these two say differently: the reference, that they can.
  [`${DEFENDER}/exploit-protection-reference`]: "read",
  [`${DEFENDER}/customize-exploit-protection`]: "read",
  // How the file is made and imported; of its elements it says nothing.
  [`${DEFENDER}/import-export-exploit-protection-emet-xml`]: "read",
  [`${LEARN}/windows/win32/api/winnt/ns-winnt-process_mitigation_image_load_policy`]: "read",
  // That a block stands above an allow is said there of inbound rules; of outbound ones only what the default is.
  [`${LEARN}/windows/security/operating-system-security/network-security/windows-firewall/rules`]: "read",
  // What Internet stands for is not said there.
  [`${LEARN}/powershell/module/netsecurity/new-netfirewallrule`]: "read",
  [`${LEARN}/powershell/module/netsecurity/set-netfirewallprofile`]: "read",
  [`${LEARN}/troubleshoot/windows-server/networking/netsh-advfirewall-firewall-control-firewall-behavior`]: "read",
  [`${LEARN}/openspecs/windows_protocols/ms-gpfas/2efe0b76-7b4a-41ff-9050-1023f8196d16`]: "read",
  // How the file is imported; the semantics of a line are taken from what it is for.
  [`${LEARN}/windows-hardware/manufacture/desktop/export-or-import-default-application-associations`]: "read",
  // That users can choose another program is said there; attributes of later versions are not in the text that was read, of 2023.
  [`${LEARN}/windows/client-management/mdm/policy-csp-applicationdefaults`]: "read",
  [`${LEARN}/windows/client-management/mdm/policy-csp-attachmentmanager`]: "read",
  "https://support.microsoft.com/office/blocked-attachments-in-outlook-434752e1-02d3-4e90-9124-8b81e49a8519": "quoted",
  [`${LEARN}/windows/client-management/mdm/policy-csp-admx-help`]: "read",
  [`${LEARN}/windows/client-management/mdm/policy-csp-admx-mmc`]: "read",
  // The lists are divided by semicolons; dots, blanks and case are not spoken of there.
  [`${LEARN}/outlook/troubleshoot/security/information-about-email-security-settings`]: "read",
  [`${LEARN}/previous-versions/tn-archive/ee198684(v=technet.10)`]: "quoted",
  // Not the vendor’s: what a researcher showed.
  "https://seclists.org/fulldisclosure/2026/Mar/5": "read",
  // In the browser’s own source; of a dangerous type are “many” programs there, not all.
  "https://chromeenterprise.google/policies/": "read",
  "https://support.google.com/chrome/a/answer/9942583": "read",
  [`${LEARN}/deployedge/microsoft-edge-policies/downloadrestrictions`]: "read",
  [`${LEARN}/powershell/module/dism/disable-windowsoptionalfeature`]: "read",
  [`${LEARN}/powershell/module/dism/remove-windowscapability`]: "read",
  // In the text of 2018: client and server are two capabilities; which programs each has is not said there.
  [`${LEARN}/windows-hardware/manufacture/desktop/features-on-demand-non-language-fod`]: "read",
  // In the text of January 2024; which files belong to VBScript is not said there.
  [`${LEARN}/windows/whats-new/deprecated-features`]: "read",
  [`${LEARN}/windows-server/administration/windows-commands/icacls`]: "read",
  [`${LEARN}/powershell/module/microsoft.powershell.management/set-service`]: "read",
  [`${LEARN}/windows/win32/msi/alwaysinstallelevated`]: "read",
  // How the fields of a filter without a group are joined is said there both ways.
  [`${LEARN}/sysinternals/downloads/sysmon`]: "read",
  "https://techcommunity.microsoft.com/blog/sysinternals-blog/sysmon---the-rules-about-rules/733649": "quoted",
  // From its beginning, with the default of a group and of a rule.
  "https://techcommunity.microsoft.com/t5/sysinternals-blog/sysmon-10-4-rule-enhancements/ba-p/840631": "quoted",
  // That what no rule fits is allowed is not said there.
  "https://manpages.ubuntu.com/manpages/noble/man5/fapolicyd.rules.5.html": "read",
  "https://docs.oracle.com/en/operating-systems/oracle-linux/9/fapolicyd/fapolicyd-managing_policies.html": "read",
  // As the manual page of a package; the grammar, defaults, tags, exceptions to wildcards and shell escapes of it.
  "https://www.sudo.ws/docs/man/sudoers.man/": "read",
  "https://manpages.ubuntu.com/manpages/noble/man5/apparmor.d.5.html": "read",
  "https://gitlab.com/apparmor/apparmor/-/wikis/QuickProfileLanguage": "found",
  "https://manpages.ubuntu.com/manpages/noble/man8/aa-complain.8.html": "read",
  "https://www.netfilter.org/projects/nftables/manpage.html": "read",
  "https://wiki.nftables.org/wiki-nftables/index.php/Quick_reference-nftables_in_10_minutes": "found",
  "https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains": "found",
  "https://wiki.nftables.org/wiki-nftables/index.php/Accepting_and_dropping_packets": "read",
  // Without --update a mode is set with the next installation only.
  "https://manpages.debian.org/bookworm/dpkg/dpkg-statoverride.1.en.html": "read",
  "https://manpages.debian.org/bookworm/apt/apt-get.8.en.html": "read",
  // Of dnf 4; of yum it says only that its commands are roughly the same.
  "https://dnf.readthedocs.io/en/latest/command_ref.html": "read",
  "https://www.gnu.org/software/coreutils/manual/html_node/Numeric-Modes.html": "read",
  "https://man7.org/linux/man-pages/man8/auditctl.8.html": "quoted",
  "https://man7.org/linux/man-pages/man7/audit.rules.7.html": "read",
  // Of an older version.
  "https://docs.suricata.io/en/suricata-7.0.12/rules/intro.html": "read",
  // Of another version.
  "https://docs.suricata.io/en/suricata-7.0.12/rules/http-keywords.html": "read",
  // Of an older version.
  "https://docs.suricata.io/en/suricata-7.0.12/rules/tls-keywords.html": "read",
  "https://docs.suricata.io/en/suricata-7.0.12/configuration/suricata-yaml.html": "quoted",
  // Of a newer version; contents, their modifiers and expressions.
  "https://docs.suricata.io/en/suricata-7.0.12/rules/payload-keywords.html": "read",
  "https://docs.suricata.io/en/suricata-7.0.12/rules/transforms.html": "quoted",
  "https://github.com/Sysinternals/SysmonCommon/blob/main/rules.c": "read",
  "https://github.com/linux-application-whitelisting/fapolicyd/blob/main/src/library/rules.c": "read",
  // The statements are what `squid -k parse` and `named-checkzone -D` made of the policies.
  "https://manpages.debian.org/bookworm/squid/squid.8.en.html": "found",
  "https://bind9.readthedocs.io/en/stable/manpages.html": "found",
  "https://datatracker.ietf.org/doc/html/rfc4592": "found",
  "https://www.squid-cache.org/Doc/config/http_access/": "read",
  "https://www.squid-cache.org/Doc/config/acl/": "read",
  "https://wiki.squid-cache.org/SquidFaq/SquidAcl": "read",
  // The section on response policy zones, in a translation; how a zone file is written is shown there by an example only.
  "https://bind9.readthedocs.io/en/stable/reference.html": "read",
  "https://datatracker.ietf.org/doc/html/draft-vixie-dnsop-dns-rpz-00": "found",
  "https://unbound.docs.nlnetlabs.nl/en/latest/topics/filtering/rpz.html": "read",
};
