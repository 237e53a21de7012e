import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import { judge } from "../score/judge.ts";

const judged = (commandLine: string) => judge(resolve({ commandLine, platform: "linux" }, builtinCatalog()));

describe("several acts against what protects or records", () => {
  it.each([
    "ufw disable; iptables -F",
    "setenforce 0; ufw disable",
    "unset HISTFILE; set +o history",
    "iptables -F; rm -f /var/log/kern.log",
    "rm -rf .ssh && mkdir .ssh && echo 'ssh-rsa AAAAB3Nza x' >> .ssh/authorized_keys",
  ])("say more than each of them: %s", (line) => {
    const found = judged(line);
    expect(found?.reasons.map(({ id }) => id)).toContain("several-acts");
    expect(found?.scored.score).toBeGreaterThanOrEqual(40);
  });

  it("are told apart though their titles are the same", () => {
    const text = judged("unset HISTFILE; export HISTFILE=/dev/null")?.reasons.map((reason) => reason.text);
    expect(text).toContain("The same line does so in a second way.");
  });

  it.each([
    "ufw disable",
    "iptables -F; ip6tables -F; iptables -P INPUT ACCEPT",
    "setenforce 0; echo SELINUX=permissive > /etc/selinux/config",
    "systemctl stop firewalld; systemctl disable firewalld",
    "setenforce 0 && systemctl disable --now firewalld",
    "chattr +i /etc/resolv.conf; ufw reload",
    "journalctl --rotate; journalctl --vacuum-time=2d",
  ])("are not one thing that takes two commands, nor upkeep: %s", (line) => {
    const found = judged(line);
    expect(found?.reasons.map(({ id }) => id) ?? []).not.toContain("several-acts");
    expect(found?.scored.score ?? 0).toBeLessThan(40);
  });
});
