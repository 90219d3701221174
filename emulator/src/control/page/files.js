// Buckets and their files, with previews.

import { MANY, appwrite, bytes } from "./api.js";
import { closeDetail, detail, element, filtered, table, terms } from "./dom.js";

const COLUMNS = [
    { title: "ID", cell: ({ $id }) => $id },
    { title: "Name", cell: ({ name }) => name },
    { title: "Type", minor: true, cell: ({ mimeType }) => mimeType },
    { title: "Bytes", kind: "number", cell: ({ sizeOriginal }) => sizeOriginal.toLocaleString() },
    { title: "Permissions", minor: true, cell: ({ $permissions }) => $permissions.join(", ") },
];

/** Up to which size a file is shown, in bytes. */
const SHOWN = 5_000_000;

async function preview(file, path) {
    if (file.sizeOriginal > SHOWN) return undefined;
    const content = await bytes(`${path}/view`);
    if (file.mimeType.startsWith("image/")) {
        return element("img", { class: "preview", src: URL.createObjectURL(content), alt: file.name });
    }
    const isText = /^text\/|json|xml|javascript/.test(file.mimeType);
    return isText ? element("pre", {}, (await content.text()).slice(0, 20_000)) : undefined;
}

async function open(file, again) {
    const path = `/storage/buckets/${file.bucketId}/files/${file.$id}`;
    const remove = async () => {
        await appwrite("DELETE", path);
        closeDetail();
        await again();
    };
    detail(
        file.name,
        terms([
            ["ID", file.$id],
            ["bucket", file.bucketId],
            ["type", file.mimeType],
            ["bytes", file.sizeOriginal.toLocaleString()],
            ["MD5", file.signature],
            ["permissions", file.$permissions.join(", ") || "those of the bucket"],
            ["created", file.$createdAt],
        ]),
        await preview(file, path),
        element("div", { class: "bar" }, element("button", { onclick: remove }, "Delete")),
    );
}

/** The view. */
export async function files(main) {
    const { buckets } = await appwrite("GET", `/storage/buckets?${MANY}`);
    const select = element(
        "select",
        { "aria-label": "Bucket" },
        buckets.map(({ $id, name }) => element("option", { value: $id }, name)),
    );
    const place = element("div");
    const again = async () => {
        if (!select.value) return place.replaceChildren(element("p", { class: "faint" }, "There are no buckets."));
        const { files: all } = await appwrite("GET", `/storage/buckets/${select.value}/files?${MANY}`);
        const list = table(COLUMNS, all, (file) => open(file, again));
        place.replaceChildren(...filtered(list));
    };
    select.addEventListener("change", again);
    main.append(element("div", { class: "bar" }, select), place);
    await again();
}
