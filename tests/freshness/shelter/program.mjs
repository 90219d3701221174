// node program.mjs PACKAGE FOLDER: calls the shelter with the package of its document, and keeps a photo in the folder.
import { createRequire } from "node:module";
import { statSync } from "node:fs";
import { join } from "node:path";

const [, , place, folder] = process.argv;
const { Client, Files, InputFile, Links, Pets, PetKind, Photos } = createRequire(import.meta.url)(place);

const client = new Client({ project: "demo" });
const pets = new Pets(client);
const pet = await pets.create("p1", "Rex", PetKind.GoldFish, null, 3);
await pets.updatePhone("p1", "+15550100", "secret");
const { total, pets: all } = await pets.list({ limit: 2 });
const photos = new Photos(client);
const photo = await photos.getLatest();
let streamed = 0;
for await (const piece of await photos.getLatest({ as: "stream" })) streamed += piece.length;
const to = join(folder, "node.png");
await photos.getLatest({ to });
const home = await new Links(client).home();
const data = Buffer.alloc(2 * 1_048_576 + 5, 1);
const file = await new Files(client).create({ fileId: "f1", file: InputFile.fromBuffer(data, "a.bin") });
const printed = {
    kind: pet.kind,
    weight: pet.weight,
    total,
    shadow: all[0].shadow.radius,
    home,
    photo: photo.byteLength,
    streamed,
    saved: statSync(to).size,
    file: file.$id,
};
console.log(JSON.stringify(printed));
