import type { Activity } from "./activity.ts";
import { jobs } from "./linux/jobs.ts";
import { packages } from "./linux/packages.ts";
import { people } from "./linux/people.ts";
import { services } from "./linux/services.ts";
import { admin } from "./windows/admin.ts";
import { deployment } from "./windows/deployment.ts";
import { desktop } from "./windows/desktop.ts";
import { developer } from "./windows/developer.ts";
import { electron } from "./windows/electron.ts";
import { noise } from "./windows/noise.ts";
import { office } from "./windows/office.ts";
import { vendors } from "./windows/vendors.ts";

export const ACTIVITIES: readonly Activity[] = [
  ...noise,
  ...desktop,
  ...electron,
  ...office,
  ...vendors,
  ...deployment,
  ...admin,
  ...developer,
  ...jobs,
  ...packages,
  ...people,
  ...services,
];
