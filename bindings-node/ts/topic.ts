import { ArgumentException } from "./generated/exceptions";
import { forbidden, least, separator } from "./generated/topic";

/** The name of a topic, level by level: `Topic.path("home", "kitchen").path("light")` is `home/kitchen/light`. */
export class Topic {
    readonly #name: string;

    private constructor(name: string) {
        this.#name = name;
    }

    /** Joins levels. Each must have a letter at least, and none of `/`, `+`, `#` and NUL. */
    static path(...levels: (string | readonly string[])[]): Topic {
        return new Topic(join("", levels.flat()));
    }

    /** Goes further down by these levels. */
    path(...levels: (string | readonly string[])[]): Topic {
        return new Topic(join(this.#name, levels.flat()));
    }

    /** The levels, joined by `/`. */
    toString(): string {
        return this.#name;
    }

    /** As {@link toString}: parameters take a topic as it is. */
    toJSON(): string {
        return this.#name;
    }
}

function join(start: string, levels: string[]): string {
    if (levels.length < least) throw new ArgumentException("Topic.path: at least one level is needed");
    for (const level of levels) {
        if (typeof level !== "string" || level === "" || forbidden.some((text) => level.includes(text))) {
            throw new ArgumentException(
                `Topic.path: a level is empty or has one of / + # or NUL: ${JSON.stringify(level)}`,
            );
        }
    }
    return (start ? [start, ...levels] : levels).join(separator);
}
