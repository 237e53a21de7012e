import type { Bytes } from "./bytes.ts";

export interface LinkInfo {
  /** Local base path or network name, with the suffix: the target as it stood. */
  readonly path: string;
  readonly driveType: string | undefined;
  /** Eight digits in hex, as `vol` shows them without the dash. */
  readonly serial: string | undefined;
  readonly label: string | undefined;
  /** `\\server\share` */
  readonly netName: string | undefined;
  /** Drive letter that the share was mapped to, such as `Z:`. */
  readonly device: string | undefined;
}

const DRIVE_TYPES = ["unknown", "noRoot", "removable", "fixed", "remote", "cdrom", "ramdisk"];
const VOLUME_AND_BASE = 1;
const NETWORK = 2;
/** Headers at least this long have offsets of Unicode texts. */
const UNICODE_HEADER = 0x24;

/** [MS-SHLLINK] 2.3; `info` is the whole structure. */
export function readLinkInfo(info: Bytes): LinkInfo {
  const what = "LinkInfo";
  const headerSize = info.u32(4, what);
  const flags = info.u32(8, what);
  const wide = headerSize >= UNICODE_HEADER;
  const text = (ansiAt: number, wideAt: number) => {
    const offset = wide ? info.u32(wideAt, what) : 0;
    if (offset > 0) return info.has(offset, 2, what) ? info.utf16(offset) : "";
    const ansi = info.u32(ansiAt, what);
    return ansi > 0 && info.has(ansi, 1, what) ? info.ansi(ansi) : "";
  };
  const suffix = text(24, 32);
  const base = flags & VOLUME_AND_BASE ? text(16, 28) : "";
  const network = flags & NETWORK ? readNetwork(info) : undefined;
  const volume = flags & VOLUME_AND_BASE ? readVolume(info) : undefined;
  return {
    path: base !== "" || !network ? base + suffix : joined(network.netName, suffix),
    driveType: volume?.driveType,
    serial: volume?.serial,
    label: volume?.label,
    netName: network?.netName,
    device: network?.device || undefined,
  };
}

function joined(share: string, suffix: string): string {
  return suffix === "" || share.endsWith("\\") ? share + suffix : `${share}\\${suffix}`;
}

/** VolumeID, 2.3.1. */
function readVolume(info: Bytes) {
  const at = info.u32(12, "LinkInfo");
  if (at === 0) return undefined;
  const volume = info.window(at, info.u32(at, "VolumeID"), "VolumeID");
  const labelAt = volume.u32(12, "VolumeID");
  const label = labelAt === 0x14 ? volume.utf16(volume.u32(16, "VolumeID")) : volume.ansi(labelAt);
  return {
    driveType: DRIVE_TYPES[volume.u32(4, "VolumeID")],
    serial: volume.u32(8, "VolumeID").toString(16).padStart(8, "0").toUpperCase(),
    label: labelAt === 0 ? undefined : label,
  };
}

/** CommonNetworkRelativeLink, 2.3.2. */
function readNetwork(info: Bytes) {
  const what = "CommonNetworkRelativeLink";
  const at = info.u32(20, "LinkInfo");
  if (at === 0) return undefined;
  const link = info.window(at, info.u32(at, what), what);
  const nameAt = link.u32(8, what);
  const deviceAt = link.u32(12, what);
  const wide = nameAt > 0x14;
  const validDevice = (link.u32(4, what) & 1) !== 0;
  return {
    netName: wide ? link.utf16(link.u32(20, what)) : link.ansi(nameAt),
    device: !validDevice ? undefined : wide ? link.utf16(link.u32(24, what)) : link.ansi(deviceAt),
  };
}
