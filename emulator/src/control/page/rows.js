// Databases, their tables and rows, which can be edited.

import { MANY, appwrite, query } from "./api.js";
import { closeDetail, detail, editor, element, filter, table, terms, text } from "./dom.js";

/** How many rows are shown at a time. */
const PAGE = 50;

/** How many columns are shown where there is little room. */
const FIRST = 4;

const own = (row) => Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("$")));

function options(select, items) {
    select.replaceChildren(...items.map(({ $id, name }) => element("option", { value: $id }, name)));
}

function open(row, path, again) {
    const at = `${path}/rows/${encodeURIComponent(row.$id)}`;
    const remove = async () => {
        await appwrite("DELETE", at);
        await again();
        closeDetail();
    };
    detail(
        row.$id,
        terms([
            ["permissions", row.$permissions.join(", ") || "those of the table"],
            ["created", row.$createdAt],
            ["updated", row.$updatedAt],
        ]),
        editor(own(row), "Save", async (data) => {
            const saved = await appwrite("PATCH", at, { data });
            await again();
            open(saved, path, again);
        }),
        element("button", { onclick: remove }, "Delete"),
    );
}

function add(path, again) {
    detail(
        "A new row",
        editor({}, "Create", async (data) => {
            await appwrite("POST", `${path}/rows`, { rowId: "unique()", data });
            await again();
            closeDetail();
        }),
    );
}

function columnsOf({ columns }) {
    const names = columns.map(({ key }) => key);
    const column = (name, place) => ({ title: name, minor: place >= FIRST, cell: (row) => text(row[name]) });
    return ["$id", ...names].map(column);
}

/** The view. */
export async function rows(main) {
    const { databases } = await appwrite("GET", `/tablesdb?${MANY}`);
    const [database, tables] = ["Database", "Table"].map((label) => element("select", { "aria-label": label }));
    const place = element("div");
    let known = [];
    let offset = 0;
    options(database, databases);

    const again = async () => {
        const chosen = known.find(({ $id }) => $id === tables.value);
        if (!chosen) return place.replaceChildren(element("p", { class: "faint" }, "There are no tables."));
        const path = `/tablesdb/${database.value}/tables/${chosen.$id}`;
        const asked = [query("limit", undefined, [PAGE]), query("offset", undefined, [offset])].join("&");
        const page = await appwrite("GET", `${path}/rows?${asked}`);
        const list = table(columnsOf(chosen), page.rows, (row) => open(row, path, again));
        const move = (by) => {
            offset += by;
            return again();
        };
        const bar = element(
            "div",
            { class: "bar" },
            filter(list.shown).field,
            element("span", { class: "faint" }, `${offset + 1}–${offset + page.rows.length} of ${page.total}`),
            element("button", { disabled: offset === 0, onclick: () => move(-PAGE) }, "Back"),
            element("button", { disabled: offset + PAGE >= page.total, onclick: () => move(PAGE) }, "On"),
            element("button", { onclick: () => add(path, again) }, "New row"),
        );
        place.replaceChildren(bar, list.shown);
    };
    const tablesOf = async () => {
        known = database.value ? (await appwrite("GET", `/tablesdb/${database.value}/tables?${MANY}`)).tables : [];
        options(tables, known);
        offset = 0;
        await again();
    };
    database.addEventListener("change", tablesOf);
    tables.addEventListener("change", () => {
        offset = 0;
        return again();
    });
    main.append(element("div", { class: "bar" }, database, tables), place);
    await tablesOf();
}
