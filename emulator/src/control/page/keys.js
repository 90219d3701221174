// API keys: what each may do.

import { MANY, appwrite } from "./api.js";
import { detail, element, filtered, table, terms } from "./dom.js";

const COLUMNS = [
    { title: "ID", cell: ({ $id }) => $id },
    { title: "Name", cell: ({ name }) => name },
    { title: "Scopes", kind: "number", cell: ({ scopes }) => String(scopes.length) },
    { title: "Expires", minor: true, cell: ({ expire }) => expire || "never" },
];

function open({ $id, name, scopes, expire, secret }) {
    detail(
        name,
        terms([
            ["ID", $id],
            ["expires", expire || "never"],
            ["scopes", element("pre", {}, scopes.join("\n"))],
        ]),
        element("button", { onclick: () => navigator.clipboard.writeText(secret) }, "Copy the secret"),
    );
}

/** The view. */
export async function keys(main) {
    const { keys: all } = await appwrite("GET", `/project/keys?${MANY}`);
    const list = table(COLUMNS, all, open);
    main.append(...filtered(list));
}
