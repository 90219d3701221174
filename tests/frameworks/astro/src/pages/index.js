import { greeting } from "../../greeting.mjs";

export const GET = async () => new Response(await greeting());
