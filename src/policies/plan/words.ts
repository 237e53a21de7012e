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
      back: ["Set the rule to 0, or add an exclusion for the program that needs it."],
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
      out: ["Deploy to a pilot group and ask for refused downloads.", "Deploy to all."],
      back: ["Delete the values; browsers read them again by themselves."],
    },
    fapolicyd: {
      out: [
        "Put the file into rules.d on a test host with permissive = 1, run fagenrules --load, read the audit log.",
        "Set permissive = 0 on a pilot group.",
        "Deploy to all.",
      ],
      back: ["Remove the file and run fagenrules --load."],
    },
  };
