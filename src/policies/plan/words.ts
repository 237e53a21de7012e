import { ROLL_OUT_NETWORK } from "./words-network.ts";

/** How each product is rolled out and back; the plan gives them with the measures that it carries. */
export const ROLL_OUT: Readonly<Record<string, { readonly out: readonly string[]; readonly back: readonly string[] }>> =
  {
    appcontrol: {
      out: [
        "Deploy appcontrol.xml with Enabled:Audit Mode (ConvertFrom-CIPolicy, then CiTool or Intune) and read events 3076 and 8028 of CodeIntegrity for two weeks.",
        "Enforce on a pilot group; read event 3077.",
        "Enforce everywhere, and keep the audit copy for changes.",
      ],
      back: ["Remove the policy with CiTool --remove-policy and its PolicyID, or set Enabled:Audit Mode again."],
    },
    applocker: {
      out: [
        "Set every collection to AuditOnly in a GPO, start the Application Identity service, and read events 8003 and 8006 for two weeks.",
        "Set Exe and Msi to Enabled for a pilot group, then Dll.",
        "Enforce everywhere.",
      ],
      back: [
        "Set the collections to NotConfigured and delete the rules; an empty policy (Set-AppLockerPolicy) clears what a local policy left.",
      ],
    },
    asr: {
      out: [
        "Set the rules to audit (2) and read event 1122 of Windows Defender.",
        "Block (1) on a pilot group; read event 1121.",
        "Block everywhere.",
      ],
      back: ["Set the rule to what it was before (0: off), or add an exclusion for the program that needs it."],
    },
    exploitprotection: {
      out: [
        "Deploy exploitprotection.xml with its Audit attributes set (harden’s mode audit) by GPO, Intune or Set-ProcessMitigation -PolicyFilePath, and read the log Security-Mitigations: events 3 (child processes), 5 (low integrity), 7 (remote images), 11 (other signers).",
        "Enforce on a pilot group; blocks are events 4, 6, 8 and 12.",
        "Enforce everywhere.",
      ],
      back: [
        "A file that no longer names a program does not free it: deploy one with the attributes set to false, or Set-ProcessMitigation -Name PROGRAM -Remove.",
      ],
    },
    attachments: {
      out: [
        "Export the keys that attachments.reg names (reg export), and import it on a pilot group, or set the same by GPO; ask for attachments that were kept back.",
        "Deploy to all.",
      ],
      back: [
        "Delete the values of attachments.reg and import what was exported; Outlook reads them at its next start.",
      ],
    },
    features: {
      out: [
        "Run features.ps1 as an administrator on a pilot group; restart. There is no audit mode.",
        "Deploy to all, and again after feature updates.",
      ],
      back: [
        "Run undo-features.ps1, which puts back what features.ps1 found there and noted; capabilities need Windows Update or a source of features on demand.",
      ],
    },
    sysmon: {
      out: [
        "Merge the groups of sysmon.xml into the configuration that is there; load it with sysmon -c on a few hosts and watch how much they log.",
        "Deploy to all.",
      ],
      back: ["Load the earlier configuration with sysmon -c."],
    },
    firewall: {
      out: ["Log dropped packets on a pilot group with the rules on: there is no audit mode.", "Deploy by GPO."],
      back: ["Remove-NetFirewallRule with the names of firewall.ps1, or unlink the GPO."],
    },
    associations: {
      out: [
        "Import with Dism /Online /Import-DefaultAppAssociations on a pilot machine; new profiles take it.",
        "Set the file by GPO for all.",
      ],
      back: ["Dism /Online /Remove-DefaultAppAssociations, or unset the GPO."],
    },
    browsers: {
      out: [
        "Export the policies that are there (reg export, or a copy of the JSON), deploy to a pilot group and ask for refused downloads.",
        "Deploy to all.",
      ],
      back: ["Delete the values and import what was exported; browsers read them again by themselves."],
    },
    fapolicyd: {
      out: [
        "Put the file into rules.d on a test host with permissive = 1, run fagenrules --load, read the audit log.",
        "Set permissive = 0 on a pilot group.",
        "Deploy to all.",
      ],
      back: ["Remove the file and run fagenrules --load."],
    },
    ...ROLL_OUT_NETWORK,
  };
