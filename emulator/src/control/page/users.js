// Users, with their sessions.

import { MANY, appwrite } from "./api.js";
import { closeDetail, detail, editor, element, filtered, table, terms, time } from "./dom.js";

const COLUMNS = [
    { title: "ID", cell: ({ $id }) => $id },
    { title: "Name", cell: ({ name }) => name },
    { title: "E-mail", cell: ({ email }) => email },
    { title: "Verified", kind: "short", cell: ({ emailVerification }) => (emailVerification ? "yes" : "") },
    { title: "Labels", minor: true, cell: ({ labels }) => labels.join(", ") },
    { title: "Status", kind: "short", minor: true, cell: ({ status }) => (status ? "active" : "blocked") },
];

const SESSION = [
    { title: "Begun", kind: "short", cell: ({ $createdAt }) => time($createdAt) },
    { title: "Provider", cell: ({ provider }) => provider },
    { title: "Client", cell: ({ clientName, osName }) => [clientName, osName].filter(Boolean).join(", ") },
    { title: "IP", minor: true, cell: ({ ip }) => ip },
];

async function open(user, again) {
    const path = `/users/${encodeURIComponent(user.$id)}`;
    const { sessions } = await appwrite("GET", `${path}/sessions`);
    const change = async (call) => {
        await call();
        again();
    };
    const button = (label, call) => element("button", { onclick: () => change(call) }, label);
    const end = ({ $id }) => change(() => appwrite("DELETE", `${path}/sessions/${$id}`));
    detail(
        user.name || user.email || user.$id,
        terms([
            ["ID", user.$id],
            ["e-mail", user.email],
            ["phone", user.phone],
            ["registered", user.registration],
            ["labels", user.labels.join(", ")],
        ]),
        element(
            "div",
            { class: "bar" },
            button(user.status ? "Block" : "Unblock", () =>
                appwrite("PATCH", `${path}/status`, { status: !user.status }),
            ),
            button(user.emailVerification ? "Unverify" : "Verify", () =>
                appwrite("PATCH", `${path}/verification`, { emailVerification: !user.emailVerification }),
            ),
            button("Delete", () => appwrite("DELETE", path)),
        ),
        element("h2", {}, "Preferences"),
        editor(user.prefs, "Save", (prefs) => change(() => appwrite("PATCH", `${path}/prefs`, { prefs }))),
        element("h2", {}, "Sessions (a click ends one)"),
        table(SESSION, sessions, end).shown,
    );
}

/** The view. */
export async function users(main) {
    const again = () => {
        closeDetail();
        main.replaceChildren();
        users(main);
    };
    const { users: all } = await appwrite("GET", `/users?${MANY}`);
    const list = table(COLUMNS, all, (user) => open(user, again));
    main.append(...filtered(list));
}
