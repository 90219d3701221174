// What the demo makes: its name, so that two runs at once can run theirs apart, and its removal.

import { MissingScopeException, NotFoundException } from "polywrite";

/** The run's name on a foreign server; `./dev test --live` sets it. */
const live = process.env.POLYWRITE_LIVE;

/** The name of everything that this run makes. */
export const NAME = live ?? "Demo";

/** An unused mail address in this run's own domain. */
export const mailOf = (userId) => `${userId}@${live ?? "demo"}.example.com`;

const LACKING = [
  "general_route_not_found",
  "general_feature_unsupported",
  "general_service_disabled",
  "general_api_disabled",
];
const removals = [];

/** Notes how to remove something, before the program makes it: so it cannot be forgotten. */
export function later(remove) {
  removals.push(remove);
}

/** Removes everything, the newest first, even after a failure. */
export async function tidy() {
  const failures = [];
  for (const remove of removals.reverse()) {
    try {
      await remove();
    } catch (error) {
      // It was noted before it was made, so it may not exist.
      if (!(error instanceof NotFoundException) && !lacking(error))
        failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, "not everything could be removed");
}

/** Runs a step. On a foreign server that lacks what it needs, prints the reason and skips it. */
export async function step(title, run) {
  console.log(`\n${title}`);
  try {
    return await run();
  } catch (error) {
    if (live === undefined || !lacking(error)) throw error;
    console.log(`  skipped, this server lacks it: ${error.message}`);
    return undefined;
  }
}

/** Whether the server's version, its plan or our key lacks this. */
function lacking(error) {
  return (
    error instanceof MissingScopeException ||
    LACKING.includes(error.type) ||
    [402, 405, 501].includes(error.code) ||
    (error.code === 404 && !error.type)
  );
}
