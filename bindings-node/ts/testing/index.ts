// Tests against a local Appwrite: one emulator, and a project of its own for each test.

import type { ProjectOptions, StartOptions } from "./options";
import type { Project } from "./project";
import { type Emulator, running, start } from "./running";

export type {
    Delivery,
    Fault,
    Mail,
    ProjectOptions,
    ReceivedRequest,
    Seed,
    SeedItem,
    StartOptions,
    Wanted,
} from "./options";
export type { Project } from "./project";
export type { Emulator } from "./running";

/** The local Appwrite of this test run. */
export const emulator = {
    /** Makes a project for a test, on the emulator that all tests of this process share; the first starts it. */
    async project(options?: ProjectOptions): Promise<Project> {
        return (await running()).project(options);
    },

    /** The emulator that all tests of this process share. */
    async shared(): Promise<Emulator> {
        return running();
    },

    /** Starts one more, which ends with `stop()` or with this process. */
    async start(options?: StartOptions): Promise<Emulator> {
        return start(options);
    },
};

/**
 * Starts one emulator for all processes of a test run, which ends with it: what `globalSetup: "polywrite/testing/setup"` of
 * Vitest and Jest calls, and `node --test --test-global-setup` by its name.
 */
export async function globalSetup(): Promise<void> {
    process.env.POLYWRITE_EMULATOR ||= (await running()).url;
}
