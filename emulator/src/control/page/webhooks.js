// What was sent to webhooks, with signatures and what came back.

import { chosen, emulator } from "./api.js";
import { detail, element, filtered, pretty, table, terms, time } from "./dom.js";

const outcome = ({ status, problem }) =>
    element("span", { class: problem ? "bad" : "good" }, status === null ? "failed" : String(status));

const COLUMNS = [
    { title: "Time", kind: "short", minor: true, cell: ({ at }) => time(at) },
    { title: "Outcome", cell: outcome },
    { title: "Webhook", minor: true, cell: ({ webhookId }) => webhookId },
    { title: "Event", cell: ({ event }) => event },
    { title: "URL", minor: true, cell: ({ url }) => url },
];

function open(delivery) {
    detail(
        delivery.event,
        terms([
            ["outcome", outcome(delivery)],
            ["problem", delivery.problem && element("pre", {}, delivery.problem)],
            ["webhook", delivery.webhookId],
            ["URL", delivery.url],
            ["signature", element("code", {}, delivery.signature)],
            ["time", delivery.at],
        ]),
        element("h2", {}, "Body"),
        element("pre", {}, pretty(delivery.body)),
    );
}

/** The view. */
export async function webhooks(main) {
    const { deliveries } = await emulator("GET", `projects/${chosen().id}/webhooks`);
    const list = table(COLUMNS, deliveries.reverse(), open);
    main.append(...filtered(list));
}
