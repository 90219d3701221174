// The same through `require`, in a CommonJS module.

import sdk = require("node-appwrite");
import file = require("node-appwrite/file");

export const users: sdk.Users = new sdk.Users(new sdk.Client());
export const input: file.InputFile = file.InputFile.fromPlainText("a", "b");
export const list: Promise<sdk.Models.UserList> = users.list();
