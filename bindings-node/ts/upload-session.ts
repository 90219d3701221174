import { ArgumentException } from "./generated/exceptions";
import { type NativeUploadSession, newUploadSession } from "./native";

/** The native session behind a session. For this package only. */
export let nativeSessionOf: (session: UploadSession) => NativeUploadSession;

/**
 * Remembers what the server has acknowledged of one upload, so that a second try sends only the rest: put it into
 * {@link InputFile.session}, and again into that of the file that is sent once more.
 *
 * To go on in another process, keep `JSON.stringify(session)` and make one with {@link UploadSession.from}. It holds no
 * secret, and of the file nothing but its size in bytes.
 */
export class UploadSession {
    #native = newUploadSession();

    static {
        nativeSessionOf = (session) => {
            if (typeof session === "object" && session !== null && #native in session) return session.#native;
            throw new ArgumentException("the session of an InputFile must be an UploadSession");
        };
    }

    /** The session that `JSON.stringify` has written, as text or parsed. */
    static from(saved: string | object): UploadSession {
        const session = new UploadSession();
        session.#native = newUploadSession(typeof saved === "string" ? saved : JSON.stringify(saved));
        return session;
    }

    /** ID of the file or deployment, once one is chosen. */
    get id(): string | undefined {
        return this.#state().id ?? undefined;
    }

    /** How many chunks of 5 MiB the server has acknowledged. */
    get chunksAcknowledged(): number {
        return this.#state().acknowledged.length;
    }

    /** What `JSON.stringify` writes. */
    toJSON(): object {
        return this.#state();
    }

    #state(): { id: string | null; acknowledged: number[] } {
        return JSON.parse(this.#native.json());
    }
}
