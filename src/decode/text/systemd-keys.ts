/** Keys of a unit whose commands systemd runs (systemd.service(5)): as it starts, in the order in which it does, and as it stops. */
export const START_KEYS = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload"] as const;
export const STOP_KEYS = ["ExecStop", "ExecStopPost"] as const;
