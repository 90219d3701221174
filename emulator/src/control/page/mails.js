// What the server would have mailed, with codes to copy and links to click.

import { chosen, emulator } from "./api.js";
import { detail, element, filtered, table, terms, time } from "./dom.js";

const COLUMNS = [
    { title: "Time", kind: "short", cell: ({ at }) => time(at) },
    { title: "To", cell: ({ to }) => to },
    { title: "Kind", cell: ({ kind }) => kind },
    { title: "Code or link", minor: true, cell: ({ link, secret }) => link ?? secret },
];

function open({ to, kind, link, secret, userId, at }) {
    detail(
        `${kind} for ${to}`,
        terms([
            ["link", link && element("a", { href: link, target: "_blank", rel: "noreferrer" }, link)],
            [link ? "secret" : "code", element("code", {}, secret)],
            ["user", userId],
            ["time", at],
        ]),
        element("button", { onclick: () => navigator.clipboard.writeText(link ?? secret) }, "Copy"),
    );
}

/** The view. */
export async function mails(main) {
    const { mails } = await emulator("GET", `projects/${chosen().id}/mails`);
    const list = table(COLUMNS, mails.reverse(), open);
    main.append(...filtered(list));
}
