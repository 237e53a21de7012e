import { type ChainCase, connect, file, INSIDE, OUTSIDE, on, PUBLIC, start } from "./story.ts";

const APP = "C:\\Users\\a\\AppData\\Local\\Chat\\app\\";
const MAC = "/Applications/Chat.app/Contents/";

/** Cases of the strategies that are about many programs, on all platforms. */
export const ACROSS: readonly ChainCase[] = [
  {
    chain: "DET0081/AN0226",
    fires: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "winword.exe"),
      connect(2, "R", "rundll32.exe", OUTSIDE),
      start(4, "C", "cmd.exe", "cmd.exe", "R"),
    ],
    silent: [
      start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Run`, "P", "winword.exe"),
      connect(2, "R", "rundll32.exe", INSIDE),
      start(4, "C", "cmd.exe", "cmd.exe", "R"),
    ],
  },
  {
    chain: "DET0081/AN0227",
    fires: on(
      "linux",
      start(0, "F", "/usr/bin/find", "find . -exec /tmp/.x/run {} ;", "B", "/bin/bash"),
      start(1, "S", "/bin/sh", "sh -c /tmp/.x/run", "F"),
      connect(2, "S", "/bin/sh", OUTSIDE),
    ),
    silent: on(
      "linux",
      start(0, "F", "/usr/bin/find", "find . -name x", "B", "/bin/bash"),
      start(1, "S", "/bin/sh", "sh -c ls", "F"),
      connect(2, "S", "/bin/sh", OUTSIDE),
    ),
  },
  {
    chain: "DET0081/AN0228",
    fires: on(
      "macos",
      start(0, "O", "/usr/bin/osascript", "osascript -e 1", "B", "/bin/zsh"),
      connect(1, "O", "/usr/bin/osascript", OUTSIDE),
      start(2, "C", "/private/tmp/agent", "/private/tmp/agent", "O"),
    ),
    silent: on(
      "macos",
      start(0, "O", "/usr/bin/osascript", "osascript -e 1", "B", "/bin/zsh"),
      connect(1, "O", "/usr/bin/osascript", OUTSIDE),
      start(2, "C", "/usr/bin/say", "say done", "O"),
    ),
  },
  {
    chain: "DET0025/AN0071",
    fires: [
      start(0, "T", `${APP}slack.exe`, `slack.exe --gpu-launcher="cmd.exe /c calc"`, "P", "cmd.exe"),
      start(2, "C", "cmd.exe", "cmd.exe /c calc", "T"),
    ],
    silent: [
      start(0, "T", `${APP}slack.exe`, "slack.exe", "X", "explorer.exe"),
      start(2, "C", `${APP}crashpad_handler.exe`, "crashpad_handler.exe", "T"),
    ],
  },
  {
    chain: "DET0025/changed-application",
    fires: [
      file(0, "U", "powershell.exe", "C:\\Program Files\\Slack\\resources\\app.asar"),
      start(
        1,
        "S",
        "C:\\Program Files\\Slack\\slack.exe",
        '"C:\\Program Files\\Slack\\slack.exe"',
        "X",
        "explorer.exe",
      ),
      start(2, "N", "notepad.exe", "notepad.exe", "S"),
    ],
    silent: [
      file(0, "U", `${APP}Update.exe`, "C:\\Program Files\\Slack\\resources\\app.asar"),
      start(
        1,
        "S",
        "C:\\Program Files\\Slack\\slack.exe",
        '"C:\\Program Files\\Slack\\slack.exe"',
        "X",
        "explorer.exe",
      ),
      start(2, "N", "notepad.exe", "notepad.exe", "S"),
    ],
  },
  {
    chain: "DET0025/AN0072",
    fires: on(
      "linux",
      file(0, "W", "/usr/bin/python3", "/opt/chat/resources/app.asar"),
      start(60, "T", "/opt/chat/chat", "chat", "X", "/usr/bin/gnome-shell"),
      start(62, "C", "/bin/sh", "sh -c id", "T"),
    ),
    silent: on(
      "linux",
      file(0, "W", "/usr/bin/dpkg", "/opt/chat/resources/app.asar"),
      start(60, "T", "/opt/chat/chat", "chat", "X", "/usr/bin/gnome-shell"),
      start(62, "C", "/bin/sh", "sh -c id", "T"),
    ),
  },
  {
    chain: "DET0025/AN0073",
    fires: on(
      "macos",
      file(0, "W", "/usr/bin/python3", `${MAC}Resources/app.asar`),
      start(60, "T", `${MAC}MacOS/Chat`, "Chat", "X", "/sbin/launchd"),
      start(62, "C", "/bin/sh", "sh -c id", "T"),
    ),
    silent: on(
      "macos",
      start(60, "T", `${MAC}MacOS/Chat`, "Chat", "X", "/sbin/launchd"),
      start(62, "C", "/bin/sh", "sh -c id", "T"),
    ),
  },
];
