import { ArgumentException } from "./generated/exceptions";
import { randomDigits } from "./random";

/** How many digits of the time say the microseconds of a second. */
const MICROSECONDS_DIGITS = 5;

let lastMicros = 0;

/** An ID of digits for the time and `padding` random ones, which sorts after all that this thread has made. */
export function newId(place: string, padding: number, timeDigits: number, longest: number): string {
    const most = longest - timeDigits;
    if (!Number.isInteger(padding) || padding < 0 || padding > most) {
        throw new ArgumentException(`${place}: padding must be from 0 to ${most}`);
    }
    lastMicros = Math.max(Date.now() * 1000, lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1e6)
        .toString(16)
        .padStart(timeDigits - MICROSECONDS_DIGITS, "0");
    const micros = (lastMicros % 1e6).toString(16).padStart(MICROSECONDS_DIGITS, "0");
    return seconds + micros + randomDigits(padding);
}
