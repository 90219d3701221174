import { shop } from "./shop.mjs";

export default async ({ res }) => res.text(await shop(Deno.env.toObject()));
