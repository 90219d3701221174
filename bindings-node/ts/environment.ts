// Node's own environment variable about certificates.

import { host } from "./host";

let warned = false;

/** Whether any certificate is accepted where a client does not say it. Warns once, in the words that Node has for it. */
export function acceptsAnyCertificate(): boolean {
    if (host.environment()["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return false;
    if (!warned) {
        host.warn(
            "Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS " +
                "requests insecure by disabling certificate verification.",
        );
    }
    warned = true;
    return true;
}
