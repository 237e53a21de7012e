// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are settings
import { describe, expect, it } from "vitest";
import { brief } from "../../../../test/support/brief.ts";
import { readCode } from "../code.ts";
import { SETTINGS_SCANNERS } from "./settings.ts";

const CASES: readonly (readonly [language: string, text: string, ...findings: string[]])[] = [
  ["ansible", "- hosts: all\n  tasks:\n  - shell: |\n      id\n      ls\n    args:\n      chdir: /tmp\n", "sh: id\nls"],
  ["ansible", "- ansible.builtin.command: /opt/a -b\n- shell:\n    cmd: id\n", "sh: /opt/a -b", "sh: id"],
  ["ansible", "[{hosts: all, tasks: [shell: id -u]}]", "sh: id -u"],
  ["ansible", "- hosts: all\n  vars:\n    note: shell is a word\n"],
  ["apt", 'DPkg::Post-Invoke { "a"; "b \\"c\\""; };', "sh: a", 'sh: b "c"'],
  ["cmake", "execute_process(COMMAND ${X} -E a WORKING_DIRECTORY /d OUTPUT_VARIABLE v)", "sh: ${X} -E a"],
  ["cobol", "CALL 'SYSTEM' USING 'id'.", "sh: id"],
  ["desktop", "[Desktop Entry]\nName=A\nExec=/opt/a -b %U\nIcon=a\n", "sh: /opt/a -b %U"],
  ["fail2ban", "[Definition]\nactionban = /opt/a <ip>\nfailregex = x\n", "sh: /opt/a <ip>"],
  ["fastfetch", '{"modules":[{"type":"command","text":"a \\"b\\""}]}', 'sh: a "b"'],
  ["kubeconfig", "user:\n  exec:\n    command: aws\n    args: [eks, 'get-token']\n", "run: aws|eks|get-token"],
  ["kubeconfig", "user:\n  exec:\n    args:\n    - -c\n    - id\n    command: sh\n", "run: sh|-c|id"],
  ["kubeconfig", "clusters:\n- cluster:\n    server: x\n"],
  ["libvirt", "<interface><script path='/opt/a'/></interface><emulator>/opt/q</emulator>", "sh: /opt/a", "sh: /opt/q"],
  ["logrotate", "/var/log/x {\n  postrotate\n    a\n    b\n  endscript\n}", "sh: a\n    b"],
  ["nginx", "load_module modules/a.so;\nworker_processes 1;", "runs library modules/a.so"],
  ["packagejson", '{"name":"x","scripts":{"a":"b \\"c\\"","d":["e f"]},"bin":{"g":"h"}}', 'sh: b "c"', "sh: e f"],
  ["preload", "# none\n/opt/a.so\n\n/opt/b.so\n", "runs library /opt/a.so", "runs library /opt/b.so"],
  ["procmail", ":0\n| /opt/a b\n:0 c\n! root\n", "sh: /opt/a b"],
  ["procps", "pipe\tname\tid -u\ninspect\tx\n", "sh: id -u"],
  ["rsyslog", "*.err ^/opt/a;T\nauth.* /var/log/auth.log\n", "sh: /opt/a"],
  ["rsyslog", 'action(type="omprog" binary="/opt/b -c")', "sh: /opt/b -c"],
  ["rtorrent", 'execute = sh,-c,"a,b c"\n', "run: sh|-c|a,b c"],
  ["runscript", "! exec id\n!< ls\nsend x\n", "sh: exec id"],
  ["wireguard", "[Interface]\nPostUp = ip r; id\nAddress = 10.0.0.1\n", "sh: ip r; id"],
];

describe("commands in settings", () => {
  it.each(CASES)("%s: %s", (language, text, ...findings) => {
    expect(readCode(language, text).map(brief)).toEqual(findings);
  });

  it("are looked for in every kind there is", () => {
    expect(new Set(CASES.map(([language]) => language))).toEqual(new Set(Object.keys(SETTINGS_SCANNERS)));
  });
});
