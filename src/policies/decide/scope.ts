import type { Act } from "./act.ts";
import type { Met } from "./match.ts";

const EVERYBODY = new Set(["s-1-1-0", "everyone", "s-1-5-11"]);
const ADMINISTRATORS = new Set(["s-1-5-32-544"]);
const SYSTEM = /^(?:s-1-5-18|(?:.*\\)?system)$/i;

/** Whether the log says that the machine's own account acts. */
export function isSystem(user: string | undefined): Met {
  return user === undefined ? "the user is not logged" : SYSTEM.test(user);
}

/** Whether a rule for a user or group (SID, `uid=…`) holds for who acts. A log names users, not the groups they are in. */
export function scopeMet(scope: string, act: Act): Met {
  const wanted = scope.toLowerCase();
  if (EVERYBODY.has(wanted)) return true;
  if (ADMINISTRATORS.has(wanted)) {
    // An unelevated token of an administrator has the group for denying only.
    return act.elevated ?? "whether the user is an administrator is not logged";
  }
  if (wanted === "s-1-5-18") return isSystem(act.user);
  if (act.user === undefined) return "the user is not logged";
  if (act.user.toLowerCase() === wanted) return true;
  const uid = /^uid=(\d+)$/.exec(wanted)?.[1];
  if (uid !== undefined) {
    if (uid === "0") return act.user === "root" || act.user === "0";
    if (/^\d+$/.test(act.user)) return act.user === uid;
    if (act.user === "root") return false;
  }
  // Rules of Linux name users by name as well.
  const name = /^uid=(\D.*)$/.exec(wanted)?.[1];
  if (name !== undefined && !/^\d+$/.test(act.user)) return act.user.toLowerCase() === name;
  if (name === "root") return act.user === "0";
  return `whether ${act.user} is meant by ${scope} is not logged`;
}
