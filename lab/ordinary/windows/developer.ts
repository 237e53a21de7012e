import { word } from "../../world/names.ts";
import { program } from "../../world/programs.ts";
import { type Activity, once } from "../activity.ts";

const DEVELOPER = ["developer"] as const;
const NET = "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\";

/** Builds and tests: developers use registering binaries on what they have just compiled. */
export const developer: readonly Activity[] = [
  once("build", DEVELOPER, 3, "work", (s) => {
    const project = `C:\\src\\${word(s.random)}\\${word(s.random)}`;
    return {
      parent: s.spawn(
        s.root("explorer"),
        "cmd.exe",
        `"C:\\Windows\\system32\\cmd.exe" /k "C:\\Program Files\\Microsoft Visual Studio\\2022\\Professional\\Common7\\Tools\\VsDevCmd.bat"`,
      ),
      program: "MSBuild.exe",
      line: `"${program("MSBuild.exe").image}" ${project}.${s.random.pick(["csproj", "sln"])} /t:${s.random.pick(["Build", "Rebuild", "Clean;Build"])} /p:Configuration=${s.random.pick(["Debug", "Release"])} /m`,
      why: "a developer builds a project",
    };
  }),
  once("build-node", DEVELOPER, 1, "work", (s) => ({
    parent: s.spawn(
      s.root("explorer"),
      "devenv.exe",
      `"${program("devenv.exe").image}" C:\\src\\${word(s.random)}.sln`,
    ),
    program: "MSBuild.exe",
    line: `"${program("MSBuild.exe").image}" /nologo /nodemode:1 /nodeReuse:true /low:false`,
    why: "the development environment starts a build node",
  })),
  once("try-service", DEVELOPER, 0.4, "work", (s) => ({
    parent: s.spawn(s.root("explorer"), "cmd.exe", `"C:\\Windows\\system32\\cmd.exe"`, { integrity: "High" }),
    program: "InstallUtil.exe",
    line: `${NET}InstallUtil.exe ${s.random.chance(0.4) ? "/u " : ""}C:\\src\\${word(s.random)}\\bin\\Debug\\${word(s.random)}.exe`,
    why: "a developer installs a service from the own build folder",
  })),
  once("try-assembly", DEVELOPER, 0.3, "work", (s) => ({
    parent: s.spawn(s.root("explorer"), "cmd.exe", `"C:\\Windows\\system32\\cmd.exe"`, { integrity: "High" }),
    program: "RegAsm.exe",
    line: `${NET}RegAsm.exe C:\\src\\${word(s.random)}\\bin\\Release\\${word(s.random)}.dll /codebase`,
    why: "a developer registers an assembly from the own build folder",
  })),
  once("try-control", DEVELOPER, 0.25, "work", (s) => ({
    parent: s.spawn(s.root("explorer"), "cmd.exe", `"C:\\Windows\\system32\\cmd.exe"`, { integrity: "High" }),
    program: "regsvr32.exe",
    line: `regsvr32  /s C:\\src\\${word(s.random)}\\x64\\Debug\\${word(s.random)}.dll`,
    why: "a developer registers a control from the own build folder",
  })),
  {
    id: "git",
    roles: DEVELOPER,
    perDay: 4,
    when: "work",
    run(s) {
      const line = s.random.pick([
        "git.exe fetch --all",
        "git.exe status -z -u",
        "git.exe pull --rebase",
        "git.exe log --oneline -20",
      ]);
      const git = s.spawn(s.root("explorer"), "git.exe", line, { directory: `C:\\src\\${word(s.random)}\\` });
      if (line.includes("fetch") || line.includes("pull")) s.connect(git, "git.lindenhof.example", "10.20.0.40", 22);
    },
  },
  {
    id: "node",
    roles: DEVELOPER,
    perDay: 2,
    when: "work",
    run(s) {
      s.spawn(
        s.root("explorer"),
        "node.exe",
        `"${program("node.exe").image}" node_modules\\.bin\\${word(s.random)} --watch`,
        { directory: `C:\\src\\${word(s.random)}\\` },
      );
    },
  },
];
