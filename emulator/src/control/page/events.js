// What listeners of realtime and webhooks hear of.

import { chosen, follow } from "./api.js";
import { detail, element, filter, pretty, table, terms, time } from "./dom.js";

const MOST = 500;

const COLUMNS = [
    { title: "Time", cell: ({ timestamp }) => time(timestamp) },
    { title: "Event", cell: ({ events }) => events[0] },
    { title: "Channels", cell: ({ channels }) => channels.join(", ") },
];

function open({ events, channels, readers, payload, timestamp }) {
    detail(
        events[0],
        terms([
            ["time", timestamp],
            ["channels", channels.join(", ")],
            ["roles that hear of it", readers.join(", ") || "none"],
            ["event names", element("pre", {}, events.join("\n"))],
        ]),
        element("h2", {}, "Payload"),
        element("pre", {}, pretty(payload)),
    );
}

/** The view. */
export function events(main) {
    const list = table(COLUMNS, [], open);
    const { field, apply } = filter(list.shown);
    main.append(element("div", { class: "bar" }, field), list.shown);
    return follow("events", (event) => {
        if (event.project !== chosen().id) return;
        list.prepend(event);
        list.limit(MOST);
        if (field.value) apply();
    });
}
