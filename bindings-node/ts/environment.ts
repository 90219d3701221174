// Node's own environment variables about certificates.

import { readFileSync } from "node:fs";

/** Certificates to trust beside the system's, as PEM text; empty for none. */
export function readExtraCertificates(): string {
    const path = process.env["NODE_EXTRA_CA_CERTS"];
    try {
        return path ? readFileSync(path, "utf8") : "";
    } catch {
        // Node warns of a file that it cannot read and goes on, so nothing is said here.
        return "";
    }
}

let warned = false;

/** Whether any certificate is accepted where a client does not say it. Warns once, in the words that Node has for it. */
export function acceptsAnyCertificate(): boolean {
    if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return false;
    if (!warned) {
        process.emitWarning(
            "Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS " +
                "requests insecure by disabling certificate verification.",
        );
    }
    warned = true;
    return true;
}
