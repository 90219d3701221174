import { randomBytes } from "node:crypto";
import { ArgumentException } from "./generated/exceptions";

/** Longest ID that Appwrite takes, in characters. */
const MAX_LENGTH = 36;

/** Digits of an ID that encode the time: 8 for the seconds, 5 for the microseconds. */
const TIME_DIGITS = 13;

let lastMicros = 0;

/** Makes IDs for rows, files, users and everything else that is named by its creator. */
export class ID {
    /** Takes an ID of your own. */
    static custom(id: string): string {
        return id;
    }

    /**
     * A new ID: 13 hexadecimal digits for the time, and `padding` random ones.
     *
     * IDs of one thread never repeat and sort in the order of their making.
     */
    static unique(padding: number = 7): string {
        if (!Number.isInteger(padding) || padding < 0 || padding > MAX_LENGTH - TIME_DIGITS) {
            throw new ArgumentException(`ID.unique: padding must be from 0 to ${MAX_LENGTH - TIME_DIGITS}`);
        }
        lastMicros = Math.max(Date.now() * 1000, lastMicros + 1);
        const seconds = Math.floor(lastMicros / 1e6)
            .toString(16)
            .padStart(8, "0");
        const micros = (lastMicros % 1e6).toString(16).padStart(5, "0");
        return (
            seconds +
            micros +
            randomBytes(Math.ceil(padding / 2))
                .toString("hex")
                .slice(0, padding)
        );
    }
}
