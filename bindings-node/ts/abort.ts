/** Who wants to know that a signal fires. It has one listener of ours for all: Node 20 takes more than ten for a leak. */
interface Audience {
    listeners: Set<() => void>;
    notify: () => void;
}

const audiences = new WeakMap<AbortSignal, Audience>();

/** Calls `listener` when the signal fires. Returns what makes the signal forget it. */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
    const audience = audiences.get(signal) ?? gather(signal);
    audience.listeners.add(listener);
    return () => {
        audience.listeners.delete(listener);
        if (audience.listeners.size > 0 || audiences.get(signal) !== audience) return;
        audiences.delete(signal);
        signal.removeEventListener("abort", audience.notify);
    };
}

function gather(signal: AbortSignal): Audience {
    const listeners = new Set<() => void>();
    const audience = { listeners, notify: () => listeners.forEach((listener) => listener()) };
    audiences.set(signal, audience);
    signal.addEventListener("abort", audience.notify);
    return audience;
}

/** The result of work, or the reason of a signal as soon as that fires. */
export function untilAborted<T>(signal: AbortSignal | undefined, work: T | PromiseLike<T>): Promise<T> {
    const result = Promise.resolve(work);
    if (signal === undefined) return result;
    return new Promise<T>((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        const forget = onAbort(signal, () => reject(signal.reason));
        result.then(resolve, reject).finally(forget);
    });
}
