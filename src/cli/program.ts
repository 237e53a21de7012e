import { COMMANDS } from "./commands/index.ts";
import { endWith, processIo } from "./process.ts";
import { run } from "./run.ts";

endWith(await run(process.argv.slice(2), COMMANDS, processIo()));
