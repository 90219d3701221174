// Calls the shelter with the package that its document makes, and Appwrite's own operations beside it.
import { inspect } from "node:util";
import { Client, Files, InputFile, Links, PetKind, Pets, Photos } from "acme";
import * as polywrite from "polywrite";

const client = new Client({ project: "demo", key: "secret" });
const pets = new Pets(client);
const pet = await pets.create("p1", "Rex", PetKind.GoldFish, null, 3);
await pets.updatePhone("p1", "+15550100", "secret");
const { total, pets: all } = await pets.list({ limit: 2 });
const photo = await new Photos(client).getLatest();
const home = await new Links(client).home();
const file = await new Files(client).create({ fileId: "f1", file: InputFile.fromBuffer(Buffer.from("abc"), "a.bin") });
const refused = await pets
    .updatePhone({ petId: "p1", phone: "+15550100" })
    .catch(({ operation, message }) => `${operation}: ${message}`);
// Both packages are in one process, and each knows its own operations.
const appwrite = await new polywrite.Users(new polywrite.Client({ endpoint: client.config.endpoint }))
    .get({})
    .catch((error) => error.operation);
console.log(
    JSON.stringify({
        kind: pet.kind,
        total,
        shadow: all[0].shadow.radius,
        photo: photo.byteLength,
        home,
        file: file.$id,
        awaited: pet.name,
        shown: inspect(client).includes("secret"),
        refused,
        named: Client.fromEnv({ project: "demo" }).config.endpoint,
        appwrite,
    }),
);
