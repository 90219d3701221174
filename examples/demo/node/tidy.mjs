// What the story makes: its name, so that two runs side by side know their own, and taking it away again.

import { MissingScopeException, NotFoundException } from "polywrite";

/** The run's name when the server is not ours; `./dev test --live` gives it. */
const live = process.env.POLYWRITE_LIVE;

/** The name of everything that this run makes. */
export const NAME = live ?? "Demo";

/** A mail address that nobody has, in this run's own domain. */
export const mailOf = (userId) => `${userId}@${live ?? "demo"}.example.com`;

const LACKING = [
  "general_route_not_found",
  "general_feature_unsupported",
  "general_service_disabled",
  "general_api_disabled",
];
const removals = [];

/** Notes how to take something away again, before it is made: so it cannot be forgotten. */
export function later(remove) {
  removals.push(remove);
}

/** Takes everything away, the newest first, whatever became of the story. */
export async function tidy() {
  const failures = [];
  for (const remove of removals.reverse()) {
    try {
      await remove();
    } catch (error) {
      // It was noted before it was made, so it may never have been.
      if (!(error instanceof NotFoundException) && !lacking(error))
        failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, "not everything could be removed");
}

/** Tells a chapter. On a server that is not ours it is left out, with the reason, when the server has no such thing. */
export async function chapter(title, tell) {
  console.log(`\n${title}`);
  try {
    return await tell();
  } catch (error) {
    if (live === undefined || !lacking(error)) throw error;
    console.log(`  left out, this server lacks it: ${error.message}`);
    return undefined;
  }
}

/** Whether the server's version, its plan or the key it gave us does not have this. */
function lacking(error) {
  return (
    error instanceof MissingScopeException ||
    LACKING.includes(error.type) ||
    [402, 405, 501].includes(error.code) ||
    (error.code === 404 && !error.type)
  );
}
