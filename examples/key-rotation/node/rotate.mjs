// Replaces an API key by a new one with the same scopes: node rotate.mjs KEY_ID
//
// Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY, a key that may manage keys. Prints the new key's ID;
// its secret goes to whom it is for, here a callback.

import { pathToFileURL } from "node:url";
import { Client, ID, Project, Users } from "polywrite";

/** Makes the new key, hands it on, checks that it works, and only then deletes the old one. */
export async function rotate(admin, keyId, handOn) {
  const project = new Project(admin);
  const { name, scopes } = await project.getKey({ keyId });
  const fresh = await project.createKey({ keyId: ID.unique(), name, scopes });
  await handOn(fresh.secret);
  await new Users(admin.withKey(fresh.secret)).list();
  await project.deleteKey({ keyId });
  return fresh.$id;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const id = await rotate(Client.fromEnv(), process.argv[2], async (secret) => {
    // Put it where the program that uses it finds it: a secret store, a deployment's environment.
    void secret;
  });
  console.log(`rotated: the new key is ${id}`);
}
