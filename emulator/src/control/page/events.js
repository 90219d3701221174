// What listeners of realtime and webhooks hear of.

import { detail, element, pretty, terms, time } from "./dom.js";
import { live } from "./live.js";

const COLUMNS = [
    { title: "Time", kind: "short", cell: ({ timestamp }) => time(timestamp) },
    { title: "Event", cell: ({ events }) => events[0] },
    { title: "Channels", minor: true, cell: ({ channels }) => channels.join(", ") },
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
    return live(main, "events", { columns: COLUMNS, open, most: 500 });
}
