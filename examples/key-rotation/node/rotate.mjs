// Replaces an API key by a new one with the same scopes: node rotate.mjs KEY_ID
//
// Needs APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY, a key that may manage keys. Prints the new key's ID;
// a callback receives its secret.
//
// Appwrite 2 lets a key make ephemeral keys only. There the new key expires after an hour, so run this more
// often, and the old key stays: only people can make another one like it, so only they should delete it.

import { pathToFileURL } from "node:url";
import { Client, ID, Project, Users } from "polywrite";

const HOUR = 3600;

/** Makes the new key, passes it on, checks that it works, and only then deletes the old one if the new one stays. */
export async function rotate(admin, keyId, handOn) {
  const project = new Project(admin);
  const { name, scopes } = await project.getKey({ keyId });
  const { key, stays } = await makeKey(project, name, scopes);
  await handOn(key.secret);
  await new Users(admin.withKey(key.secret)).list();
  if (stays) await project.deleteKey({ keyId });
  return key.$id;
}

/** A key that stays where the server lets a key make one, else one for an hour. */
async function makeKey(project, name, scopes) {
  try {
    return {
      key: await project.createKey({ keyId: ID.unique(), name, scopes }),
      stays: true,
    };
  } catch (error) {
    if (error.type !== "key_creation_denied") throw error;
    return {
      key: await project.createEphemeralKey({ scopes, duration: HOUR }),
      stays: false,
    };
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const id = await rotate(Client.fromEnv(), process.argv[2], async (secret) => {
    // Store it where the program that uses it reads it: a secret store, a deployment's environment.
    void secret;
  });
  console.log(`rotated: the new key is ${id}`);
}
