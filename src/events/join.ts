const GUID = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;
const ZERO_GUID = "00000000-0000-0000-0000-000000000000";

/**
 * The identity that joins events of one process.
 *
 * A process GUID or entity id is unique by itself, so the host is no part of it: two collectors may spell the host in two
 * ways. Sysmon writes a GUID of zeros for a process it does not know; that is no identity. Without an id it is host, pid
 * and start time together, for pids are used again; where one of the three is missing there is no key at all.
 * `start` is in milliseconds since the epoch; fractions are dropped.
 */
export function processKey(
  host: string | undefined,
  id: string | undefined,
  pid?: number | undefined,
  start?: number | undefined,
): string | undefined {
  if (id !== undefined && id !== "" && id !== "-") {
    if (!GUID.test(id)) return `id:${id}`;
    const from = id.startsWith("{") ? 1 : 0;
    const guid = id.slice(from, from + ZERO_GUID.length).toLowerCase();
    if (guid !== ZERO_GUID) return `id:${guid}`;
  }
  if (host === undefined || host === "" || pid === undefined || start === undefined) return undefined;
  return `pid:${host.toLowerCase()}|${pid}|${Math.floor(start)}`;
}
