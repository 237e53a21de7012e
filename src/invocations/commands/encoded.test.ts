import { expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import { resolve } from "../resolve.ts";

const classes = (commandLine: string) =>
  resolve({ commandLine, platform: "linux", as: "typed" }, builtinCatalog()).invocations.flatMap(({ obfuscation }) =>
    obfuscation.map((one) => one.class),
  );

it.each([
  "echo d2hvYW1p | base64 -d | sh",
  "bash <<< $(base64 -d <<< d2hvYW1p)",
  "a=$(echo -n whoami | base64); echo $a | base64 -d | bash",
  "echo 77686f616d69 | xxd -r -p | bash",
  "echo imaohw | rev | sh",
  "$(rev <<< imaohw)",
  "echo d2hvYW1p | base64 -d | sudo bash",
  "echo d2hvYW1p | base64 -d | nohup setsid sh &",
  'bash -c "$(echo d2hvYW1p | base64 -d)"',
  'eval "$(echo imaohw | rev)"',
  "sudo sh -c `echo d2hvYW1p | base64 -d`",
  "echo d2hvYW1p | base64 -d > job; sh job",
  "base64 -d <<< d2hvYW1p > /tmp/job && sudo bash /tmp/job -q",
])("says that a shell is given what nobody reads: %s", (line) => {
  expect(classes(line)).toContain("encodedCommand");
});

it.each([
  "echo whoami | sh",
  'echo "$SCRIPT" | base64 -d | bash',
  "echo c2VjcmV0 | base64 -d > key.pem",
  "token=$(echo c2VjcmV0 | base64 -d); ./deploy.sh $token",
  "echo a.b.c | rev | cut -d. -f1",
  "echo d2hvYW1p | base64 -d | gpg --import",
  "echo d2hvYW1p | base64 -d | sudo tee /etc/key",
  "echo d2hvYW1p | base64 -d | xargs bash",
  "ssh-add <(echo d2hvYW1p | base64 -d)",
  "echo d2hvYW1p | base64 -d > data; sh import.sh data",
])("leaves what is read by nobody, or is no command: %s", (line) => {
  expect(classes(line)).not.toContain("encodedCommand");
});

it("tells of what a shell is given so as of decoded code", () => {
  for (const line of ["echo d2hvYW1p | base64 -d | sh", "echo d2hvYW1p | base64 -d > job; sh job"]) {
    const { invocations } = resolve({ commandLine: line, platform: "linux", as: "typed" }, builtinCatalog());
    expect(invocations.flatMap(({ behaviours }) => behaviours.flatMap((one) => one.techniques))).toContain("T1140");
  }
});

it.each([
  ["eval $(echo d2hvYW1p | base64 -d)", "whoami"],
  ['sudo sh -c "$(base64 -d <<< d2hvYW1p)"', "whoami"],
  ['bash -c "$(rev <<< imaohw)"', "whoami"],
])("tells by the shell that its words are decoded text: %s", (line, runs) => {
  const { invocations } = resolve({ commandLine: line, platform: "linux", as: "typed" }, builtinCatalog());
  const told = invocations.flatMap(({ behaviours }) => behaviours).filter(({ id }) => id.endsWith("/decoded"));
  expect(told.map((one) => one.runs.map(({ value }) => value))).toEqual([[runs]]);
});

it.each(['eval "$(ssh-agent -s)"', 'sh -c "$(cat job)"', "eval $(echo FOO=1)"])(
  "does not where they are not: %s",
  (line) => {
    const { invocations } = resolve({ commandLine: line, platform: "linux", as: "typed" }, builtinCatalog());
    expect(invocations.flatMap(({ behaviours }) => behaviours.map(({ id }) => id))).not.toContainEqual(
      expect.stringMatching(/decoded$/),
    );
  },
);
