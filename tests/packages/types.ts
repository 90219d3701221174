// What TypeScript knows of the package.
import { AppwriteException, type CallOptions, Client, type Models, PetKind, Pets } from "acme";

export async function rename(options: CallOptions): Promise<string> {
    const pets = new Pets(new Client({ project: "demo" }).setKey("k"));
    const pet: Models.Pet = await pets.create({ petId: "p1", name: "Rex", kind: PetKind.Dog, born: null }, options);
    try {
        // @ts-expect-error: a phone is missing.
        await pets.updatePhone({ petId: pet.$id });
    } catch (error) {
        if (error instanceof AppwriteException) return error.message;
    }
    const kind: PetKind.GoldFish = "gfish";
    return `${kind} ${(await pets.list()).pets[0]!.name}`;
}
