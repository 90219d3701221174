import { shop } from "./shop.mjs";

export const config = { runtime: "edge" };

export default async function handler(_request) {
    return new Response(await shop(process.env));
}
