import { greeting } from "./greeting.mjs";

greeting().then(console.log);
