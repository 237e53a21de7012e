import type { Proc } from "../world/events.ts";
import type { Role, WindowsRole } from "../world/fleet.ts";
import type { Session, SpawnOptions } from "../world/session.ts";

/** Something that people or machines do now and then. */
export interface Activity {
  readonly id: string;
  readonly roles: readonly Role[];
  /** Mean number of times on a working day. */
  readonly perDay: number;
  /** `work`: while its user is there; `night`: between midnight and six; `any`: around the clock; `patch`: on patch days only. */
  readonly when: "work" | "night" | "any" | "patch";
  run(session: Session): void;
}

export const PEOPLE: readonly WindowsRole[] = ["office", "developer", "admin"];
export const WINDOWS: readonly WindowsRole[] = [...PEOPLE, "server", "kiosk"];

/** The shortest kind of activity: one program with one command line. */
export function once(
  id: string,
  roles: readonly Role[],
  perDay: number,
  when: Activity["when"],
  run: (session: Session) => { parent?: Proc; program: string; line: string; why: string; options?: SpawnOptions },
): Activity {
  return {
    id,
    roles,
    perDay,
    when,
    run(session) {
      const { parent, program, line, why, options } = run(session);
      const lasts = session.random.int(200, 9000);
      session.spawn(parent ?? session.root("explorer"), program, line, {
        ...(options?.probably === undefined ? { ordinary: why } : {}),
        lasts,
        ...options,
      });
    },
  };
}
