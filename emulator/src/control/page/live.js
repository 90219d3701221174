// Views of what comes, the newest first.

import { chosen, follow } from "./api.js";
import { element, filter, table } from "./dom.js";

/** Shows what the emulator reports under a name, at most so many; returns what ends the view. */
export function live(main, name, { columns, open, most }) {
    const list = table(columns, [], open);
    const { field, apply } = filter(list.shown);
    main.append(element("div", { class: "bar" }, field), list.shown);
    return follow(name, (item) => {
        // What names no project is shown in all of them.
        if (item.project && item.project !== chosen().id) return;
        list.prepend(item);
        list.limit(most);
        if (field.value) apply();
    });
}
