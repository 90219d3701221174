// Elements, and the parts that all views are made of.

/** An element with attributes, listeners (`onclick`) and children. Text is never read as HTML. */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
        else if (value === true) made.setAttribute(key, "");
        else if (value !== false && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
    return made;
}

/** How a value stands in a cell. */
export function text(value) {
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** A time of day, with the whole date as its title. */
export function time(at) {
    const date = new Date(at);
    return element("time", { title: at }, Number.isNaN(date.getTime()) ? text(at) : date.toLocaleTimeString());
}

/** JSON for people; what is not JSON as it is. */
export function pretty(json) {
    if (typeof json !== "string") return JSON.stringify(json, null, 2);
    try {
        return JSON.stringify(JSON.parse(json), null, 2);
    } catch {
        return json;
    }
}

/** Terms and what they mean; those without a meaning are left out. */
export function terms(pairs) {
    const shown = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "");
    return element(
        "dl",
        {},
        shown.map(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]),
    );
}

/** Columns that share the width of a table; those of one with more are as wide as their contents. */
const SHARING = 8;

/**
 * A table whose rows open by click or Enter, and are walked through with the arrow keys. Columns of a `kind` are narrow;
 * those that are `minor` are there where there is room.
 */
export function table(columns, rows, open) {
    const body = element("tbody");
    const classOf = ({ kind, minor }) => [kind, minor && "minor"].filter(Boolean).join(" ") || undefined;
    const shown = element(
        "table",
        { class: columns.length > SHARING ? "wide" : undefined },
        element(
            "thead",
            {},
            element(
                "tr",
                {},
                columns.map((column) => element("th", { scope: "col", class: classOf(column) }, column.title)),
            ),
        ),
        body,
    );
    const row = (item) => {
        const cells = columns.map((column) => element("td", { class: classOf(column) }, column.cell(item)));
        const keys = {
            Enter: () => open(item),
            ArrowDown: () => made.nextElementSibling?.focus(),
            ArrowUp: () => made.previousElementSibling?.focus(),
        };
        const made = element(
            "tr",
            {
                tabindex: 0,
                onclick: () => open(item),
                onkeydown: (event) => {
                    if (!(event.key in keys)) return;
                    event.preventDefault();
                    keys[event.key]();
                },
            },
            cells,
        );
        return made;
    };
    body.append(...rows.map(row));
    return {
        shown,
        prepend: (item) => body.prepend(row(item)),
        limit: (most) => {
            while (body.children.length > most) body.lastChild.remove();
        },
    };
}

/** A filter above a table: shows the rows that have its words. */
export function filter(shown) {
    const apply = () => {
        const words = field.value.toLowerCase().split(/\s+/);
        for (const row of shown.querySelectorAll("tbody tr")) {
            const content = row.textContent.toLowerCase();
            row.hidden = !words.every((word) => content.includes(word));
        }
    };
    const field = element("input", { type: "search", placeholder: "Filter", "aria-label": "Filter", oninput: apply });
    return { field, apply };
}

/** A table with a filter above it. */
export function filtered({ shown }) {
    return [element("div", { class: "bar" }, filter(shown).field), shown];
}

const aside = document.getElementById("detail");

/** Shows something beside the view. */
export function detail(title, ...children) {
    aside.replaceChildren(element("h2", {}, title), ...children.flat(Infinity).filter(Boolean));
    aside.hidden = false;
}

/** Closes what is beside the view. */
export function closeDetail() {
    aside.hidden = true;
    aside.replaceChildren();
}

/** A form around JSON, with a button that hands on what was written; an error is shown below it. */
export function editor(value, label, save) {
    const area = element("textarea", { spellcheck: "false", "aria-label": "JSON" });
    area.value = JSON.stringify(value, null, 2);
    const problem = element("p", { class: "bad", role: "alert" });
    const submit = async (event) => {
        event.preventDefault();
        problem.textContent = "";
        try {
            await save(JSON.parse(area.value));
        } catch (error) {
            problem.textContent = error.message;
        }
    };
    const keys = (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
    };
    return element("form", { onsubmit: submit, onkeydown: keys }, area, element("button", {}, label), problem);
}
