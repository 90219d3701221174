// The page: chooses project and view, and hands the keyboard on.

import { choose, chosen, emulator } from "./api.js";
import { closeDetail, element } from "./dom.js";
import { events } from "./events.js";
import { files } from "./files.js";
import { keys } from "./keys.js";
import { mails } from "./mails.js";
import { requests } from "./requests.js";
import { rows } from "./rows.js";
import { teams } from "./teams.js";
import { users } from "./users.js";
import { webhooks } from "./webhooks.js";

/** A view puts its elements into `main`, and may return a function that ends it. */
const VIEWS = {
    Requests: requests,
    Rows: rows,
    Users: users,
    Teams: teams,
    Files: files,
    Mails: mails,
    Events: events,
    Webhooks: webhooks,
    Keys: keys,
};

const main = document.getElementById("main");
const views = document.getElementById("views");
const select = document.getElementById("project");
let end;

async function show(name) {
    end?.();
    end = undefined;
    closeDetail();
    main.replaceChildren();
    for (const button of views.children) {
        if (button.value === name) button.setAttribute("aria-current", "page");
        else button.removeAttribute("aria-current");
    }
    if (location.hash.slice(1) !== name) history.replaceState(null, "", `#${name}`);
    try {
        end = await VIEWS[name](main);
    } catch (error) {
        main.append(element("p", { class: "bad", role: "alert" }, error.message));
    }
}

function current() {
    const name = decodeURIComponent(location.hash.slice(1));
    return name in VIEWS ? name : "Requests";
}

function env({ id, key }) {
    return `APPWRITE_ENDPOINT=${location.origin}/v1\nAPPWRITE_PROJECT_ID=${id}\nAPPWRITE_API_KEY=${key}\n`;
}

Object.keys(VIEWS).forEach((name, index) => {
    const key = element("kbd", {}, String(index + 1));
    views.append(element("button", { value: name, onclick: () => show(name) }, name, key));
});

document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
        closeDetail();
        main.querySelector("tbody tr")?.focus();
        return;
    }
    const isWriting = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = Object.keys(VIEWS)[Number(event.key) - 1];
    if (name) show(name);
    if (event.key === "/") {
        event.preventDefault();
        main.querySelector("input[type=search]")?.focus();
    }
    if (event.key === "ArrowDown" && event.target === document.body) main.querySelector("tbody tr")?.focus();
});

document.getElementById("copy").addEventListener("click", () => navigator.clipboard.writeText(env(chosen())));
document.getElementById("endpoint").textContent = `${location.origin}/v1`;
window.addEventListener("hashchange", () => show(current()));

const { projects } = await emulator("GET", "projects");
select.append(...projects.map(({ id }) => element("option", { value: id }, id)));
const wanted = new URLSearchParams(location.search).get("project");
const pick = (id) => choose(projects.find((project) => project.id === id) ?? projects[0]);
pick(wanted);
select.value = chosen().id;
select.addEventListener("change", () => {
    pick(select.value);
    show(current());
});
await show(current());
