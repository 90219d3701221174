import type { Native } from "./native";
import platforms from "../platforms.json";

/**
 * Loads the native library of this platform: from the package made for it, or, in a copy of the repository, from the
 * file that `./dev setup node` built.
 */
export function loadNative(): Native {
    const here = `${process.platform}-${process.arch}`;
    const possible = platforms.filter(({ os, cpu }) => `${os}-${cpu}` === here);
    const failures: string[] = [];
    for (const { name } of possible) {
        for (const place of [`polywrite-${name}`, `../polywrite.${name}.node`]) {
            try {
                return require(place);
            } catch (error) {
                const { code, message } = error as NodeJS.ErrnoException;
                if (code !== "MODULE_NOT_FOUND") failures.push(`${place}: ${message}`);
            }
        }
    }
    throw new Error(
        explain(
            here,
            possible.map(({ name }) => `polywrite-${name}`),
            failures,
        ),
    );
}

function explain(here: string, packages: string[], failures: string[]): string {
    if (packages.length === 0) {
        const known = platforms.map(({ name }) => name).join(", ");
        return `polywrite has no native library for ${here}; there is one for ${known}`;
    }
    if (failures.length > 0) {
        return `polywrite's native library cannot be loaded on ${here}: ${failures.join("; ")}`;
    }
    // npm leaves optional packages out when a lockfile was written on another platform, https://github.com/npm/cli/issues/4828
    const wanted = packages.length === 1 ? packages[0] : `${packages[0]} (or ${packages[1]} where libc is musl)`;
    return `polywrite's native library for ${here} is not installed; run: npm install ${wanted}`;
}
