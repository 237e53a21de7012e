import type { LogRecord } from "../../model/record.ts";
import { last } from "./artefact.ts";
import { splitWords } from "./systemd-exec.ts";

/** Keys of `[Container]` that matter for what the container may do, and podman's options for them (podman-systemd.unit(5)). */
const OPTIONS: Readonly<Record<string, string>> = {
  Volume: "--volume",
  Mount: "--mount",
  AddDevice: "--device",
  AddCapability: "--cap-add",
  Network: "--network",
  Environment: "--env",
  User: "--user",
  Entrypoint: "--entrypoint",
};

/** The words of the commands that podman's generator makes of a unit (.container, .kube, .build, .image). */
export function quadletCommands(record: LogRecord): readonly (readonly string[])[] {
  const words = (name: string) => (record.list(name) ?? []).flatMap(splitWords).map(({ text }) => text);
  const value = (name: string) => words(name).at(-1);
  const podman = (section: string, ...command: readonly string[]) => [
    ...["podman", ...words(`${section}.GlobalArgs`), ...command],
    ...words(`${section}.PodmanArgs`),
  ];
  const commands: (readonly string[])[] = [];
  const image = value("Container.Image") ?? value("Container.Rootfs");
  if (image !== undefined) {
    const options = Object.entries(OPTIONS).flatMap(([key, option]) =>
      words(`Container.${key}`).map((text) => `${option}=${text}`),
    );
    const args = splitWords(last(record, "Container.Exec") ?? "").map(({ text }) => text);
    commands.push([...podman("Container", "run"), ...options, image, ...args]);
  }
  const yaml = value("Kube.Yaml");
  if (yaml !== undefined) commands.push([...podman("Kube", "kube", "play"), yaml]);
  const file = value("Build.File");
  if (file !== undefined)
    commands.push([...podman("Build", "build"), "--file", file, value("Build.SetWorkingDirectory") ?? "."]);
  const pulled = value("Image.Image");
  if (pulled !== undefined) commands.push([...podman("Image", "pull"), pulled]);
  return commands;
}
