// Teams, with their members.

import { MANY, appwrite } from "./api.js";
import { detail, element, filtered, table, terms } from "./dom.js";

const COLUMNS = [
    { title: "ID", cell: ({ $id }) => $id },
    { title: "Name", cell: ({ name }) => name },
    { title: "Members", kind: "number", cell: ({ total }) => String(total) },
];

const MEMBER = [
    { title: "User", cell: ({ userName, userEmail, userId }) => userName || userEmail || userId },
    { title: "Roles", cell: ({ roles }) => roles.join(", ") },
    { title: "Joined", cell: ({ confirm }) => (confirm ? "yes" : "invited") },
];

async function open(team) {
    const { memberships } = await appwrite("GET", `/teams/${encodeURIComponent(team.$id)}/memberships`);
    const roles = ({ roles }) =>
        detail(
            team.name,
            terms([["roles in permissions", roles.map((role) => `team:${team.$id}/${role}`).join(", ")]]),
        );
    detail(
        team.name,
        terms([
            ["ID", team.$id],
            ["created", team.$createdAt],
        ]),
        element("h2", {}, "Members"),
        table(MEMBER, memberships, roles).shown,
    );
}

/** The view. */
export async function teams(main) {
    const { teams: all } = await appwrite("GET", `/teams?${MANY}`);
    const list = table(COLUMNS, all, open);
    main.append(...filtered(list));
}
