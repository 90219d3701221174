import { shop } from "./shop.mjs";

export default {
    async fetch(_request, env) {
        return new Response(await shop(env));
    },
};
